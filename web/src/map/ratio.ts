/** Device pixels a CSS pixel of this element has, the zoom of the wall included. */
export function screenRatio(element: Element): number {
  const zoom = (element as Element & { currentCSSZoom?: number }).currentCSSZoom ?? 1
  return (window.devicePixelRatio || 1) * zoom
}
