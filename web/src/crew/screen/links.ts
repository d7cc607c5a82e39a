/** Links that hand over to the phone's own map and telephone; the page itself loads nothing from outside. */

/** iOS knows no `geo:`. */
export function navigationLink(lon: number, lat: number, label: string, agent: string = navigator.userAgent): string {
  const point = `${lat.toFixed(6)},${lon.toFixed(6)}`
  if (/iPhone|iPad|iPod/.test(agent)) return `maps://?daddr=${point}&dirflg=d`
  return `geo:${point}?q=${point}(${encodeURIComponent(label)})`
}

/** A link for what looks like a number; none for text. */
export function telephoneLink(text: string | undefined): string | null {
  const number = (text ?? '').replace(/[\s()-]/g, '')
  return /^\+?\d{3,20}$/.test(number) ? `tel:${number}` : null
}

/** The command centre: a number of its own if the station tells one, else the public one. */
export const CENTRE_TELEPHONE = 'tel:120'
