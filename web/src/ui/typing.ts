/** Whether keys are text where the focus is: single-letter commands stay silent there. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable], [role="combobox"]') !== null
}
