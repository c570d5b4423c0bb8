//! Short names for what a compiled client imports from its glue script. Each of the names that `wasm-bindgen` chooses ends
//! in sixteen digits of a hash and stands in both files, where no compression can shorten it.

use std::collections::HashMap;
use walrus::Module;

/// Renames the imports of the glue script called `name`, and returns the names by the earlier ones.
pub(crate) fn shorten(module: &mut Module, name: &str) -> HashMap<String, String> {
    let script = glue(name);
    let mut names = HashMap::new();
    for import in module.imports.iter_mut().filter(|import| import.module == script) {
        let short = format!("_{}", names.len());
        names.insert(std::mem::replace(&mut import.name, short.clone()), short);
        import.module = SHORT.to_owned();
    }
    names
}

/// The glue script with the short names: each import stands there as an entry of an object, on a line of its own.
/// Where nothing was shortened, as in the debug build, it stays as it is.
pub(crate) fn rename(script: &str, name: &str, names: &HashMap<String, String>) -> String {
    if names.is_empty() {
        return script.to_owned();
    }
    let module = format!("\"{}\"", glue(name));
    let line = |line: &str| {
        let entry = line.trim_start().split_once(':');
        match entry.and_then(|(key, rest)| Some((names.get(key)?, rest))) {
            Some((short, rest)) => format!("{short}:{rest}\n"),
            None => format!("{}\n", line.replace(&module, SHORT)),
        }
    };
    script.lines().map(line).collect()
}

/// How WASM calls its glue script afterwards.
const SHORT: &str = "_";

/// How WASM calls its glue script.
fn glue(name: &str) -> String {
    format!("./{name}_bg.js")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_get_the_same_names() {
        let mut module = Module::default();
        let kind = module.types.add(&[], &[]);
        let (_, ours) = module.add_import_func("./a_bg.js", "__wbg_x_0123456789abcdef", kind);
        let (_, other) = module.add_import_func("./b.js", "y", kind);
        let names = shorten(&mut module, "a");
        let import = |id| {
            let import = module.imports.get(id);
            (import.module.as_str(), import.name.as_str())
        };
        assert_eq!((import(ours), import(other)), (("_", "_0"), ("./b.js", "y")));
        let script =
            "const import0 = {\n    __wbg_x_0123456789abcdef: function() {},\n};\nreturn { \"./a_bg.js\": import0 };";
        let renamed = rename(script, "a", &names);
        assert_eq!(renamed, "const import0 = {\n_0: function() {},\n};\nreturn { _: import0 };\n");
        assert_eq!(rename(script, "a", &HashMap::new()), script, "WASM that was left alone finds its script");
    }
}
