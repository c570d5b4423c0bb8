//! A window of articles: sets of them, how many sets hold each, and their scores while lists are added up.
//!
//! Everything fits the processor's nearest cache, and a step of it concerns up to 64 articles at once.

/// Articles of a window.
pub(crate) const WINDOW: usize = 2048;
const WORDS: usize = WINDOW / 64;

/// A set of articles of a window.
#[derive(Clone, Copy)]
pub(crate) struct Bits([u64; WORDS]);

impl Default for Bits {
    fn default() -> Self {
        Self([0; WORDS])
    }
}

impl Bits {
    pub const ALL: Self = Self([u64::MAX; WORDS]);

    #[inline]
    pub fn set(&mut self, at: u32) {
        self.0[(at / 64) as usize] |= 1 << (at % 64);
    }

    /// Adds articles that come in order.
    #[inline]
    pub fn set_all(&mut self, articles: impl Iterator<Item = u16>) {
        // A word is written once for all its articles: each would have to wait for the one before.
        let (mut index, mut word) = (0, 0);
        for at in articles {
            let other = usize::from(at / 64);
            if other != index {
                self.0[index] |= word;
                (index, word) = (other, 0);
            }
            word |= 1 << (at % 64);
        }
        self.0[index] |= word;
    }

    #[inline]
    pub fn has(&self, at: u16) -> bool {
        self.0[usize::from(at / 64)] & (1 << (at % 64)) != 0
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub fn clear(&mut self) {
        self.0.fill(0);
    }

    pub fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }

    pub fn keep(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= other);
    }

    pub fn drop(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= !other);
    }

    pub fn and(mut self, other: &Self) -> Self {
        self.keep(other);
        self
    }

    #[inline]
    pub fn each(&self, mut visit: impl FnMut(usize)) {
        for (index, &word) in self.0.iter().enumerate() {
            let mut word = word;
            while word != 0 {
                visit(index * 64 + word.trailing_zeros() as usize);
                word &= word - 1;
            }
        }
    }
}

/// How many of several sets hold each article. Plane n has the digits of value 2ⁿ, so that adding a set is a few steps
/// for 64 articles, and comparing is too.
#[derive(Default)]
pub(crate) struct Counter {
    planes: Vec<Bits>,
}

impl Counter {
    pub fn clear(&mut self) {
        self.planes.clear();
    }

    /// Counts the articles of a set.
    pub fn add(&mut self, set: &Bits) {
        let mut carry = *set;
        for plane in &mut self.planes {
            for (digit, carry) in plane.0.iter_mut().zip(&mut carry.0) {
                (*digit, *carry) = (*digit ^ *carry, *digit & *carry);
            }
        }
        if !carry.is_empty() {
            self.planes.push(carry);
        }
    }

    /// The articles that so many sets hold at least.
    pub fn at_least(&self, number: usize) -> Bits {
        let digits = self.planes.len().max((usize::BITS - number.leading_zeros()) as usize);
        let (mut more, mut equal) = (Bits::default(), Bits::ALL);
        for digit in (0..digits).rev() {
            let plane = self.planes.get(digit).copied().unwrap_or_default();
            let is_set = number >> digit & 1 == 1;
            for ((more, equal), plane) in more.0.iter_mut().zip(&mut equal.0).zip(&plane.0) {
                if is_set {
                    *equal &= plane;
                } else {
                    *more |= *equal & plane;
                    *equal &= !plane;
                }
            }
        }
        more.add(&equal);
        more
    }
}

/// The scores of the articles of one window; everything is zero between two uses.
pub(crate) struct Scores {
    pub group: Box<[f32; WINDOW]>,
    pub best: Box<[f32; WINDOW]>,
    pub sum: Box<[f32; WINDOW]>,
    pub form: Box<[f32; WINDOW]>,
    pub term: Box<[f32; WINDOW]>,
    pub total: Box<[f32; WINDOW]>,
}

impl Default for Scores {
    fn default() -> Self {
        let scores = || Box::new([0.0; WINDOW]);
        Self { group: scores(), best: scores(), sum: scores(), form: scores(), term: scores(), total: scores() }
    }
}

impl Scores {
    /// Takes in what a group of fields gives.
    #[inline]
    pub fn add_group(&mut self, at: usize, score: f32) {
        self.sum[at] += score;
        self.best[at] = self.best[at].max(score);
    }

    /// What a part gives: its best group, and a little of the others.
    #[inline]
    pub fn take_part(&mut self, at: usize, tie: f32) -> f32 {
        let (best, sum) = (std::mem::take(&mut self.best[at]), std::mem::take(&mut self.sum[at]));
        best + tie * (sum - best)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(members: &[u32]) -> Bits {
        let mut bits = Bits::default();
        members.iter().for_each(|at| bits.set(*at));
        bits
    }

    fn members(bits: &Bits) -> Vec<usize> {
        let mut members = Vec::new();
        bits.each(|at| members.push(at));
        members
    }

    #[test]
    fn counts_as_many_sets_as_hold_an_article() {
        let mut counter = Counter::default();
        // Article n is in n sets.
        for number in 0..70 {
            counter.add(&set(&(number + 1..=70).chain([2047]).collect::<Vec<_>>()));
        }
        for least in [1, 2, 3, 31, 32, 33, 64, 69, 70] {
            assert_eq!(members(&counter.at_least(least)), (least..=70).chain([2047]).collect::<Vec<_>>(), "{least}");
        }
        assert!(counter.at_least(71).is_empty());
        assert!(counter.at_least(1000).is_empty());
        assert_eq!(members(&counter.at_least(0)).len(), WINDOW);
        counter.clear();
        assert!(counter.at_least(1).is_empty());
    }

    #[test]
    fn sets_are_joined_and_cut() {
        let mut bits = Bits::default();
        bits.set_all([0, 63, 64, 2047].into_iter());
        assert!(bits.has(63) && bits.has(2047) && !bits.has(65));
        assert_eq!(members(&bits.and(&set(&[1, 64]))), [64]);
        bits.add(&set(&[1]));
        assert_eq!(members(&bits), [0, 1, 63, 64, 2047]);
        bits.clear();
        assert!(bits.is_empty());
    }
}
