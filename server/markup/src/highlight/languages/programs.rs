//! Languages that programs are written in.

use crate::highlight::syntax::{Case, DOUBLE, SINGLE, Syntax, TICK, TRIPLE, TRIPLE_SINGLE, like_c, lines, verbatim};

/// Every one of them with its name.
pub(super) fn all() -> Vec<(&'static str, Syntax)> {
    vec![
        (
            "rust",
            Syntax {
                quotes: const { &[lines(DOUBLE), SINGLE] },
                prefixes: &["r", "b", "br", "c", "cr"],
                hash_strings: true,
                character_quotes: true,
                ..like_c(
                    "as async await break const continue crate dyn else enum extern fn for if impl in let loop macro \
                     match mod move mut pub ref return static struct trait type union unsafe use where while yield",
                    "fn struct enum trait mod type",
                    "bool char f32 f64 i128 i16 i32 i64 i8 isize str u128 u16 u32 u64 u8 usize",
                )
            },
        ),
        (
            "go",
            Syntax {
                quotes: const { &[DOUBLE, SINGLE, verbatim(TICK)] },
                ..like_c(
                    "break case chan const continue default defer else fallthrough for func go goto if import \
                     interface map package range return select struct switch type var",
                    "func type package",
                    "any bool byte complex128 complex64 error float32 float64 int int16 int32 int64 int8 rune string \
                     uint uint16 uint32 uint64 uint8 uintptr",
                )
            },
        ),
        (
            "java",
            Syntax {
                quotes: const { &[TRIPLE, DOUBLE, SINGLE] },
                annotations: "@",
                ..like_c(
                    "abstract assert break case catch class const continue default do else enum exports extends final \
                     finally for goto if implements import instanceof interface module native new non-sealed package \
                     permits private protected public record requires return sealed static strictfp switch \
                     synchronized throw throws transient try var volatile while yield",
                    "class interface enum record extends implements new package",
                    "boolean byte char double float int long short void",
                )
            },
        ),
        (
            "kotlin",
            Syntax {
                quotes: const { &[TRIPLE, DOUBLE, SINGLE] },
                annotations: "@",
                ..like_c(
                    "abstract actual annotation as break by case catch class companion const constructor continue \
                     crossinline data def do else enum expect extends external final finally for forSome fun get if \
                     implicit import in infix init inline inner interface internal is lateinit lazy match new \
                     noinline object open operator out override package private protected public reified return \
                     sealed set suspend tailrec throw trait try type typealias val var vararg when where while with \
                     yield given using enum then",
                    "class interface fun def object trait package type val var",
                    "",
                )
            },
        ),
        (
            "csharp",
            Syntax {
                quotes: const { &[TRIPLE, DOUBLE, SINGLE] },
                preprocessor: true,
                ..like_c(
                    "abstract as async await base break case catch checked class const continue default delegate do \
                     else enum event explicit extern finally fixed for foreach get goto if implicit in init interface \
                     internal is lock namespace new operator out override params partial private protected public \
                     readonly record ref required return sealed set sizeof stackalloc static struct switch throw try \
                     typeof unchecked unsafe using var virtual volatile when where while with yield",
                    "class interface enum record struct namespace new",
                    "bool byte char decimal double dynamic float int long object sbyte short string uint ulong ushort void",
                )
            },
        ),
        (
            "swift",
            Syntax {
                quotes: const { &[TRIPLE, DOUBLE] },
                annotations: "@#",
                ..like_c(
                    "actor any as associatedtype async await break case catch class continue default defer deinit do \
                     else enum extension fallthrough fileprivate final for func get guard if import in indirect init \
                     inout internal is lazy let mutating nonisolated open operator override private protocol public \
                     repeat required rethrows return set some static struct subscript switch throw throws try \
                     typealias unowned var weak where while",
                    "class struct enum func protocol extension actor",
                    "",
                )
            },
        ),
        (
            "dart",
            Syntax {
                quotes: const { &[TRIPLE, TRIPLE_SINGLE, DOUBLE, SINGLE] },
                prefixes: &["r"],
                annotations: "@",
                ..like_c(
                    "abstract as assert async await base break case catch class const continue covariant default \
                     deferred do else enum export extends extension external factory final finally for get hide if \
                     implements import in interface is late library mixin new on operator part required rethrow return \
                     sealed set show static switch sync throw try typedef var void when while with yield",
                    "class enum mixin extension extends implements",
                    "bool double dynamic int num",
                )
            },
        ),
        (
            "php",
            Syntax {
                line_comments: &["//", "#"],
                variables: "$",
                case: Case::Ignored,
                ..like_c(
                    "abstract and array as break callable case catch class clone const continue declare default do \
                     echo else elseif empty enddeclare endfor endforeach endif endswitch endwhile enum exit extends \
                     final finally fn for foreach function global goto if implements include include_once instanceof \
                     insteadof interface isset list match namespace new or php print private protected public readonly \
                     require require_once return static switch throw trait try unset use var while xor yield",
                    "class interface trait enum function namespace new extends",
                    "bool float int iterable mixed never object string void",
                )
            },
        ),
        (
            "haskell",
            Syntax {
                line_comments: &["--"],
                block_comments: &[("{-", "-}")],
                character_quotes: true,
                calls: false,
                ..like_c(
                    "as case class data default deriving do else forall foreign hiding if import in infix infixl \
                     infixr instance let module newtype of qualified then type where",
                    "class data module newtype type",
                    "",
                )
            },
        ),
        (
            "ocaml",
            Syntax {
                line_comments: &[],
                block_comments: &[("(*", "*)")],
                character_quotes: true,
                calls: false,
                ..like_c(
                    "and as assert begin class constraint do done downto else end exception external for fun function \
                     functor if in include inherit initializer lazy let match method module mutable new object of open \
                     or private rec sig struct then to try type val virtual when while with yield member namespace",
                    "module type class",
                    "bool char float int list option string unit",
                )
            },
        ),
        (
            "clojure",
            Syntax {
                line_comments: &[";"],
                block_comments: &[("#|", "|#")],
                quotes: const { &[lines(DOUBLE)] },
                letters: "-?!*/<>=+",
                calls: false,
                capital_types: false,
                ..like_c(
                    "begin case catch cond def define defmacro defmethod defn defn- defprotocol defrecord defun defvar \
                     do doseq else finally fn for if if-let import in-ns lambda let let* letrec loop new ns or and not \
                     quote recur require set! setq throw try use when when-let",
                    "def define defn defun defmacro ns",
                    "",
                )
            },
        ),
        (
            "erlang",
            Syntax {
                line_comments: &["%"],
                block_comments: &[],
                ..like_c(
                    "after and andalso begin band bnot bor bsl bsr bxor case catch div end fun function if let not of \
                     or orelse receive rem try when while for else elseif return switch",
                    "",
                    "",
                )
            },
        ),
        (
            "zig",
            Syntax {
                annotations: "@",
                ..like_c(
                    "and anytype asm async await break catch comptime const continue defer else enum errdefer error \
                     export extern fn for if inline opaque or orelse packed pub return struct switch test threadlocal \
                     try union unreachable usingnamespace var volatile while",
                    "fn",
                    "bool f32 f64 i16 i32 i64 i8 isize u16 u32 u64 u8 usize void",
                )
            },
        ),
        ("c", c_syntax()),
    ]
}

fn c_syntax() -> Syntax {
    Syntax {
        preprocessor: true,
        prefixes: &["L", "u", "U", "u8"],
        character_quotes: true,
        ..like_c(
            "alignas alignof and auto break case catch class co_await co_return co_yield concept const consteval \
             constexpr continue decltype default delete do else enum explicit export extern final for friend goto if \
             inline namespace new noexcept not operator or override private protected public register requires return \
             sizeof static static_assert static_cast struct switch template throw try typedef typename union using \
             virtual volatile while",
            "class struct enum namespace union",
            "bool char double float int int16_t int32_t int64_t int8_t long short signed size_t string uint16_t \
             uint32_t uint64_t uint8_t unsigned void wchar_t",
        )
    }
}
