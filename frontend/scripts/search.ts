// Loaded when somebody searches with the keyboard or follows a hit; pages without either never fetch it.
export { openPalette } from "./palette";
export { showPassage } from "./passage";
