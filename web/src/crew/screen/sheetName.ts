/** The sheets that rise over the screen, one at a time. */
export type SheetName = 'menu' | 'position' | 'end' | 'destination' | 'care' | 'previous_care' | 'shift' | 'breakdown' | 'suspend' | 'end_shift' | 'restore' | 'leave'
