/** Lets the top bar move the map without knowing who holds it. */
type Move = (lon: number, lat: number, zoom?: number) => void

let move: Move | null = null

export function revealWith(next: Move | null): void {
  move = next
}

export function reveal(lon: number, lat: number, zoom?: number): void {
  move?.(lon, lat, zoom)
}
