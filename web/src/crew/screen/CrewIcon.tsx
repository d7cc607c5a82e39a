/** Line icons of the crew's screen, 24 px box, drawn in the current colour. */
const PATHS = {
  offline: 'M3 3l18 18M9 5.500a7 7 0 0 1 9.500 5A4.500 4.500 0 0 1 20 18.500M16 19H7a5 5 0 0 1-1.500-9.700',
  shield: 'M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6zM12 8v4.500M12 15.500v.5',
  navigate: 'M20 4L4 10.500l7 2.500 2.500 7z',
  phone: 'M6 3h3.500l1.500 5-2 1.500a12 12 0 0 0 5.500 5.500l1.500-2 5 1.500V18a3 3 0 0 1-3 3C10 20 4 14 3 6a3 3 0 0 1 3-3z',
  clock: 'M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17zM12 7.500V12l3 2',
  pin: 'M12 3c4 0 6.500 2.800 6.500 6.200C18.500 14 12 21 12 21S5.500 14 5.500 9.200C5.500 5.800 8 3 12 3zM12 7a2.300 2.300 0 1 1 0 4.600A2.300 2.300 0 0 1 12 7z',
  pinCheck: 'M12 2.800c4.200 0 7 3 7 6.600C19 14.500 12 21.500 12 21.500S5 14.500 5 9.400c0-3.600 2.800-6.600 7-6.600zM9 9.500l2.200 2.200L15.200 7.500',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  menu: 'M4 7h16M4 12h16M4 17h16',
  target: 'M12 6a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM12 2v5M12 17v5M2 12h5M17 12h5',
  warning: 'M12 4l9 16H3zM12 10v4.500M12 17v.500',
  record: 'M6 3h9l4 4v14H6zM9 11h7M9 15h7M14.500 3v4.500H19',
  hospital: 'M5 21V4h14v17M3 21h18M9 8v5M15 8v5M9 10.500h6M10 21v-4h4v4',
  close: 'M5 5l14 14M19 5L5 19',
  undo: 'M8 5L4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3',
  end: 'M5 4v17M5 5h13l-3 4 3 4H5',
  people: 'M9 4.500a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM3 20c0-4 2.500-6.500 6-6.500s6 2.500 6 6.500M15.500 5a3 3 0 0 1 0 5.500M17 14c2.500.700 4 3 4 6',
  drop: 'M12 3c3.500 4.500 6 7.500 6 11a6 6 0 1 1-12 0c0-3.500 2.500-6.500 6-11z',
  pause: 'M8 5v14M16 5v14',
  play: 'M7 4l12 8-12 8z',
  language: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM3 12h18M12 3c3 3 3.500 15 0 18M12 3c-3 3-3.500 15 0 18',
  leave: 'M10 4H5v16h5M14 8l4 4-4 4M18 12H9',
  right: 'M9 5l7 7-7 7',
} as const

export type CrewIconName = keyof typeof PATHS

export function CrewIcon({ name, size = 24 }: { name: CrewIconName; size?: number }) {
  return (
    <svg className="crew-icon" width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.9" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}
