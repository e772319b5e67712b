import { expect, test } from 'vitest'
import { formatCamera, parseCamera } from './camera.ts'

test('a camera survives the way through the URL', () => {
  const camera = { zoom: 15.25, lat: 31.301234, lng: 120.612345, bearing: -20.5, pitch: 45 }
  expect(parseCamera(formatCamera(camera))).toEqual(camera)
})

test('a level camera that faces north is written without bearing and pitch', () => {
  expect(formatCamera({ zoom: 12, lat: 1, lng: 2, bearing: -0.001, pitch: 0 })).toMatch(/^12\/1\/2$/)
})

test.each([undefined, '', '12', 'a/b/c', '12/91/0', '12/0/181', '99/0/0', '12/0/0/0/90'])(
  'a broken camera %s in a link is ignored rather than breaking the map',
  (text) => {
    expect(parseCamera(text)).toBeUndefined()
  },
)
