// Initials of Chinese in pinyin, from the order in which the browser itself sorts Chinese: no table is needed.

const LETTERS = "abcdefghjklmnopqrstwxyz";
/** The first character, in the order of pinyin, of each letter above. */
const FIRST = [..."阿八嚓哒妸发旮哈讥咔垃痳拏噢妑七呥扨它穵夕丫帀"];
const collator = Intl.Collator.supportedLocalesOf("zh").length > 0 ? new Intl.Collator("zh-u-co-pinyin") : undefined;

/** The initials of the Chinese characters of a text, with Latin letters and digits as they stand. */
export function initials(text: string): string {
  let made = "";
  for (const character of text.toLowerCase()) {
    if (/[a-z0-9]/.test(character)) made += character;
    else if (collator && /[\u4e00-\u9fff]/.test(character)) {
      const after = FIRST.findIndex((first) => collator.compare(character, first) < 0);
      made += LETTERS[after === -1 ? LETTERS.length - 1 : Math.max(0, after - 1)];
    }
  }
  return made;
}
