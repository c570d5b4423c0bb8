// Knows when an input method is at work: then the keys are the method's, not ours.

/** Watches a field. The answer is yes from the first letter of a composition until its end. */
export class Composition {
  private active = false;
  /** The key that ends a composition arrives after the end in Safari; it carries the code 229 there. */
  private lastWasMethod = false;

  constructor(field: HTMLElement, ended: () => void) {
    field.addEventListener("compositionstart", () => (this.active = true));
    field.addEventListener("compositionend", () => {
      this.active = false;
      ended();
    });
    field.addEventListener("keydown", (event) => (this.lastWasMethod = this.owns(event)), true);
    // Leaving the field ends a composition, though some keyboards do not say so.
    field.addEventListener("blur", () => (this.active = this.lastWasMethod = false));
  }

  /** Whether letters are being composed. */
  get isActive(): boolean {
    return this.active;
  }

  /** Whether this key belongs to the input method. */
  owns(event: KeyboardEvent): boolean {
    return this.active || event.isComposing || event.keyCode === 229;
  }

  /** Whether a submission comes from the key that chose a candidate. */
  get blocksSubmission(): boolean {
    return this.active || this.lastWasMethod;
  }
}
