/** Behind points of which not all of the weight is known; it hangs, so that figures stay below each other. */
export const PartialMark = () => <span className="gw-partial-mark">*</span>
