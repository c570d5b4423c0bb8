//! Takes out of a compiled client what it can never need, before `wasm-opt` removes all that only this called.
//!
//! The compiler must keep a function whose address stands in a table, though nobody ever calls it there, and everything
//! that a panic could print. Each of the two is replaced by a trap: the same end without the words. Why this is safe and
//! what it saves: `docs/decisions/0009-trim-the-client.md`.

use walrus::{ExportId, FunctionBuilder, FunctionId, FunctionKind, LocalFunction, Module};

/// Functions of `core`, `alloc` and `std` that never return: each of them only says why and stops.
const PANICS: &[&str] = &[
    "core::panicking::",
    "core::option::expect_failed",
    "core::option::unwrap_failed",
    "core::result::unwrap_failed",
    "core::cell::panic_already",
    "core::slice::index::slice_index_fail",
    "core::str::slice_error_fail",
    "alloc::raw_vec::handle_error",
    "alloc::alloc::handle_alloc_error",
    "std::panicking::panic_with_hook",
    "std::panicking::panic_handler",
    "std::alloc::rust_oom",
    "rustc::rust_begin_unwind",
];

/// What `wasm-streams` offers to scripts, for streams made in Rust: none is.
const UNUSED: &str = "intounderlying";

/// Replaces what is never needed by traps and returns the number of functions.
pub(crate) fn trim(module: &mut Module) -> usize {
    let unused: Vec<ExportId> =
        module.exports.iter().filter(|export| export.name.contains(UNUSED)).map(|export| export.id()).collect();
    for id in unused {
        module.exports.delete(id);
    }
    let unneeded: Vec<FunctionId> = module
        .funcs
        .iter_local()
        .filter(|(id, _)| module.funcs.get(*id).name.as_deref().is_some_and(is_unneeded))
        .map(|(id, _)| id)
        .collect();
    for &id in &unneeded {
        let body = trap(module, id);
        module.funcs.get_mut(id).kind = FunctionKind::Local(body);
    }
    unneeded.len()
}

/// Whether a function with this name is never called in the client, or only says why the client stops.
fn is_unneeded(name: &str) -> bool {
    // Pages are hydrated at once; only lazily loaded routes, which there are none of, hydrate piece by piece. Only the entry
    // is named: what is below it the compiler may have merged with its twin for hydrating at once.
    if name.contains("into_any::hydrate_async") {
        return true;
    }
    // The standard library's names tell the build of a crate: `core[c5930c85a12de822]::panicking::panic`.
    let (krate, path) = name.trim_start_matches(['<', '_']).split_once("::").unwrap_or_default();
    let krate = krate.split_once('[').map_or(krate, |(krate, _)| krate);
    PANICS
        .iter()
        .any(|panic| panic.split_once("::").is_some_and(|(of, function)| of == krate && path.starts_with(function)))
}

/// A body for this function that does nothing but trap.
fn trap(module: &mut Module, id: FunctionId) -> LocalFunction {
    let (parameters, results) = module.types.params_results(module.funcs.get(id).ty());
    let (parameters, results) = (parameters.to_vec(), results.to_vec());
    let arguments = parameters.iter().map(|kind| module.locals.add(*kind)).collect();
    let mut builder = FunctionBuilder::new(&mut module.types, &parameters, &results);
    builder.func_body().unreachable();
    builder.local_func(arguments)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_out_what_is_never_needed_and_nothing_else() {
        for name in [
            "<T as tachys::view::any_view::IntoAny>::into_any::hydrate_async::{{closure}}",
            "core::panicking::panic_fmt::h0123456789abcdef",
            "core::option::unwrap_failed",
            "core[c5930c85a12de822]::panicking::panic_bounds_check",
            "__rustc::rust_begin_unwind",
        ] {
            assert!(is_unneeded(name), "{name}");
        }
        for name in [
            "<T as tachys::view::RenderHtml>::hydrate",
            "<tachys::html::element::HtmlElement as tachys::view::RenderHtml>::hydrate_async::{{closure}}::inner_1",
            "std::panicking::panic_count::is_zero_slow_path",
            "app::article::page::panicking",
            "core[c5930c85a12de822]::str::from_utf8",
        ] {
            assert!(!is_unneeded(name), "{name}");
        }
    }

    #[test]
    fn a_function_keeps_its_type_and_traps() {
        let mut module = Module::default();
        let mut builder = FunctionBuilder::new(&mut module.types, &[walrus::ValType::I32], &[walrus::ValType::I64]);
        builder.name("core::panicking::panic".to_owned());
        let argument = module.locals.add(walrus::ValType::I32);
        builder.func_body().i64_const(7);
        let id = builder.finish(vec![argument], &mut module.funcs);
        assert_eq!(trim(&mut module), 1);
        let (parameters, results) = module.types.params_results(module.funcs.get(id).ty());
        assert_eq!((parameters, results), (&[walrus::ValType::I32][..], &[walrus::ValType::I64][..]));
        module.exports.add("stop", id);
        assert!(walrus::Module::from_buffer(&module.emit_wasm()).is_ok(), "the module is valid");
    }
}
