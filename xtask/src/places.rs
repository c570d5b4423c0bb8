//! Takes the places of panics out of a compiled client: file, line and column of every spot in the source that could panic.
//!
//! Nothing shows them, because what says why a panic happened is a trap (see [`crate::trim`]), and they tell where on the
//! builder's disk the sources lay. `rustc` can leave them out (`-Z location-detail=none`), but not yet in its stable form.

use std::collections::BTreeSet;
use walrus::ir::Value;
use walrus::{ConstExpr, DataId, DataKind, Module};

/// Bytes of a `core::panic::Location`: address and length of the file's name, line, column.
const LOCATION: usize = 16;
/// No file has more lines, no line more columns, no name more bytes.
const LIMITS: (usize, usize, usize) = (100_000, 2_000, 250);

/// Zeroes the places and the names of their files, and returns the number of places.
pub(crate) fn forget(module: &mut Module) -> usize {
    let segments: Vec<(DataId, usize)> =
        module.data.iter().filter_map(|data| Some((data.id(), begin(&data.kind)?))).collect();
    let mut places = Vec::new();
    let mut names = BTreeSet::new();
    for &(id, begin) in &segments {
        let bytes = &module.data.get(id).value;
        // Words lie at multiples of four in memory, not in the segment.
        for at in (begin.next_multiple_of(4) - begin..bytes.len().saturating_sub(LOCATION - 1)).step_by(4) {
            let word = |index: usize| {
                let at = at + 4 * index;
                bytes.get(at..at + 4).and_then(|word| word.try_into().ok()).map_or(0, u32::from_le_bytes) as usize
            };
            let (name, length, line, column) = (word(0), word(1), word(2), word(3));
            let is_sane = (1..LIMITS.0).contains(&line) && (1..LIMITS.1).contains(&column) && length < LIMITS.2;
            if is_sane && is_source(module, &segments, name, length) {
                places.push((id, at, LOCATION));
                names.insert((name, length));
            }
        }
    }
    let count = places.len();
    let names = names.into_iter().filter_map(|(name, length)| {
        let (id, at) = find(module, &segments, name, length)?;
        Some((id, at, length))
    });
    let all: Vec<(DataId, usize, usize)> = places.into_iter().chain(names).collect();
    for (id, at, length) in all {
        module.data.get_mut(id).value[at..at + length].fill(0);
    }
    count
}

/// The address at which a segment lies.
fn begin(kind: &DataKind) -> Option<usize> {
    match kind {
        DataKind::Active { offset: ConstExpr::Value(Value::I32(offset)), .. } => usize::try_from(*offset).ok(),
        _ => None,
    }
}

/// The segment that holds these addresses, and where in it they begin.
fn find(module: &Module, segments: &[(DataId, usize)], address: usize, length: usize) -> Option<(DataId, usize)> {
    segments.iter().find_map(|&(id, begin)| {
        let at = address.checked_sub(begin)?;
        (at + length <= module.data.get(id).value.len()).then_some((id, at))
    })
}

/// Whether the name of a Rust file stands there.
fn is_source(module: &Module, segments: &[(DataId, usize)], address: usize, length: usize) -> bool {
    find(module, segments, address, length).is_some_and(|(id, at)| {
        let name = &module.data.get(id).value[at..at + length];
        name.ends_with(b".rs") && name.iter().all(u8::is_ascii_graphic)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeroes_places_and_names_and_nothing_else() {
        let mut module = Module::default();
        let memory = module.memories.add_local(false, false, 1, None, None);
        let mut bytes = b"xsrc/lib.rs kept".to_vec();
        for word in [101_u32, 10, 7, 5, 112, 4, 7, 5] {
            bytes.extend(word.to_le_bytes());
        }
        let kind = DataKind::Active { memory, offset: ConstExpr::Value(Value::I32(100)) };
        let id = module.data.add(kind, bytes);
        assert_eq!(forget(&mut module), 1);
        let left = &module.data.get(id).value;
        assert_eq!(&left[..16], b"x\0\0\0\0\0\0\0\0\0\0 kept");
        assert_eq!(&left[16..32], [0; 16]);
        assert_eq!(left[32], 112, "what is no place stays");
    }
}
