/** Line icons of the chrome, 20 px box, drawn in the current colour. */
const PATHS = {
  search: 'M9 3.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM13 13l4 4',
  eye: 'M2 10s3-5.5 8-5.5S18 10 18 10s-3 5.5-8 5.5S2 10 2 10zM10 7.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z',
  eyeOff: 'M2 10s3-5.5 8-5.5S18 10 18 10s-3 5.5-8 5.5S2 10 2 10zM3 17L17 3',
  close: 'M4 4l12 12M16 4L4 16',
  right: 'M7 4l6 6-6 6',
  down: 'M4 7l6 6 6-6',
  cursor: 'M4 3l12 5.5-5 2-2 5.5z',
  target: 'M10 5.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10 1.5v5M10 13.5v5M1.5 10h5M13.5 10h5',
  rings: 'M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15zM10 9a1 1 0 1 1 0 2 1 1 0 0 1 0-2z',
  ruler: 'M2.500 13.500l11-11 4 4-11 11zM6 10l2 2M8.500 7.500l2 2M11 5l2 2',
  pentagon: 'M10 2.500l7.500 5.500-2.900 9H5.400L2.500 8z',
  flag: 'M4.500 17.500v-15h10l-2 3.500 2 3.500h-10',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  fit: 'M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4M8 8h4v4H8z',
  list: 'M7 5h10M7 10h10M7 15h10M3 5h.5M3 10h.5M3 15h.5',
  pulse: 'M2 10h4l2-5 3 10 2.5-7 1.5 2h3',
  user: 'M10 3.5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM4 17c0-3.5 2.5-5.5 6-5.5s6 2 6 5.5',
  warning: 'M10 3L18 17H2zM10 8v4M10 14.2v.6',
  play: 'M6 4l10 6-10 6z',
  pause: 'M6 4v12M13 4v12',
  step: 'M5 4l8 6-8 6zM15 4v12',
  locate: 'M10 2.5c3 0 5 2.2 5 5 0 3.5-5 10-5 10s-5-6.500-5-10c0-2.800 2-5 5-5zM10 5.800a1.700 1.700 0 1 1 0 3.400 1.700 1.700 0 0 1 0-3.400z',
  bell: 'M10 3a5 5 0 0 1 5 5v4l1.500 2.500h-13L5 12V8a5 5 0 0 1 5-5zM8 17h4',
  headset: 'M3.500 13v-3a6.500 6.500 0 0 1 13 0v3M3.500 12h2.500v4.500H4.500a1 1 0 0 1-1-1zM16.500 12H14v4.500h1.500a1 1 0 0 0 1-1z',
  check: 'M4 10.500l4 4 8-9',
  enter: 'M16 4v6H5M8.500 6.500L5 10l3.500 3.500',
  route: 'M5 5.500a1.500 1.500 0 1 1 0 .010M15 14.500a1.500 1.500 0 1 1 0 .010M6.500 5.500H13a2.500 2.500 0 0 1 0 5H7a2.500 2.500 0 0 0 0 5h6.500',
  steps: 'M3 6l1.500 1.500L7 4.500M3 14l1.500 1.500L7 12.500M10 6h7M10 14h7',
  phone: 'M5 3l3 1 1 4-2 1.500a9 9 0 0 0 3.500 3.500L12 11l4 1 1 3c-1 2-3 2-4 2C8 16 4 12 3 7c0-1 0-3 2-4z',
  sound: 'M3 8v4h3l4 3.500v-11L6 8zM13 7.500c1.500 1.500 1.500 3.500 0 5M15.500 5.500c2.500 2.500 2.500 6.500 0 9',
  print: 'M6 7V3h8v4M6 14H3.500V8a1 1 0 0 1 1-1h11a1 1 0 0 1 1 1v6H14M6 12h8v5H6z',
  swap: 'M4 7h11l-3-3M16 13H5l3 3',
  people: 'M7 4a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5zM2 16c0-3 2-4.500 5-4.500S12 13 12 16M13.500 5.500a2 2 0 1 1 0 4M14.500 11.500c2.200.300 3.500 1.800 3.500 4.500',
  sun: 'M10 6.500a3.500 3.500 0 1 1 0 7 3.500 3.500 0 0 1 0-7zM10 1.500v2.500M10 16v2.500M1.500 10H4M16 10h2.500M4 4l1.800 1.800M14.200 14.200L16 16M4 16l1.800-1.800M14.200 5.800L16 4',
  moon: 'M16.500 12A7 7 0 0 1 8 3.500a7 7 0 1 0 8.500 8.500z',
  screen: 'M2.500 4h15v10h-15zM7 17h6M10 14v3',
  clapper: 'M3 8h14v9H3zM3 8l2-4 12 0-1 4M8 4L6 8M13 4l-2 4',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}

export function Logo({ size = 20 }: { size?: number }) {
  return (
    <svg width={size * 1.3} height={size} viewBox="0 0 26 20" aria-hidden="true">
      <path d="M1 1h7l7 9-7 9H1l7-9z" fill="var(--t1)" />
      <path d="M13.500 1H17l7 9-7 9h-3.500l7-9z" fill="var(--t3)" />
    </svg>
  )
}
