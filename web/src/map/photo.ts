/** What a map shows at this moment, as one picture. */
interface Frames {
  once(event: 'render', then: () => void): unknown
  triggerRepaint(): void
  getCanvas(): HTMLCanvasElement
}

/** Draws the layers over each other; `paint` draws the upper ones. WebGL keeps its picture only inside the frame that drew it. */
export function photo(map: Frames, paint: () => void, upper: readonly HTMLCanvasElement[]): Promise<HTMLCanvasElement> {
  return new Promise((resolve) => {
    map.once('render', () => {
      paint()
      const base = map.getCanvas()
      const sheet = document.createElement('canvas')
      sheet.width = base.width
      sheet.height = base.height
      const ctx = sheet.getContext('2d')
      for (const layer of [base, ...upper]) ctx?.drawImage(layer, 0, 0, sheet.width, sheet.height)
      resolve(sheet)
    })
    map.triggerRepaint()
  })
}
