import type { Settings, SettingsPatch } from './settings.schema.ts'

export type SettingKey = keyof Settings

/**
 * What a merge patch asks to be stored, by key, for the settings that it changes: null takes a setting back to its
 * default, and so does an emptied text. `values` are the settings in force.
 */
export function patchSettings(
  values: Settings,
  patch: SettingsPatch,
): Partial<{ [K in SettingKey]: Settings[K] | null }> {
  const { areaName, householdBand, reviewNumber, divisionCode, readoutCrs, publishedLayers, trackDays } =
    patch
  return {
    ...(areaName === undefined ? {} : { areaName: areaName || null }),
    ...(reviewNumber === undefined ? {} : { reviewNumber: reviewNumber || null }),
    ...(divisionCode === undefined ? {} : { divisionCode: divisionCode || null }),
    ...(readoutCrs === undefined ? {} : { readoutCrs }),
    ...(publishedLayers === undefined ? {} : { publishedLayers }),
    ...(trackDays === undefined ? {} : { trackDays }),
    ...(householdBand === undefined
      ? {}
      : {
          householdBand: householdBand && {
            min: householdBand.min ?? values.householdBand.min,
            max: householdBand.max ?? values.householdBand.max,
          },
        }),
  }
}
