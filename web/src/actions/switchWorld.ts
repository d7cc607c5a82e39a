/** Opens another world; always a fresh page, so that live and a drill never share one. */
export function switchWorld(id: string): void {
  const url = new URL(location.href)
  if (id === 'live') url.searchParams.delete('world')
  else url.searchParams.set('world', id)
  location.assign(url)
}

export function wantedWorld(): string {
  return new URL(location.href).searchParams.get('world') ?? 'live'
}
