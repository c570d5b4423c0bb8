//! Languages that scripts are written in, in pages, shells and elsewhere.

use crate::highlight::syntax::{
    Case, DOUBLE, SINGLE, Syntax, TICK, TRIPLE, TRIPLE_SINGLE, Words, ended, like_c, like_script, lines, quote,
    verbatim,
};

/// Every one of them with its name.
pub(super) fn all() -> Vec<(&'static str, Syntax)> {
    vec![
        (
            "python",
            Syntax {
                quotes: const { &[TRIPLE, TRIPLE_SINGLE, DOUBLE, SINGLE] },
                prefixes: &["r", "b", "f", "u", "rb", "br", "fr", "rf", "R", "B", "F"],
                annotations: "@",
                types: Words::new("bool bytes dict float frozenset int list object set str tuple"),
                ..like_script(
                    "and as assert async await break case class continue def del elif else except finally for from \
                     global if import in is lambda match nonlocal not or pass raise return try while with yield",
                    "class def",
                )
            },
        ),
        (
            "ruby",
            Syntax {
                variables: "@$",
                letters: "?",
                ..like_script(
                    "alias and attr_accessor attr_reader attr_writer begin break case class def defined do else elsif \
                     end ensure extend for if in include module next not or prepend private protected public raise \
                     redo require require_relative rescue retry return super then undef unless until when while yield",
                    "class def module",
                )
            },
        ),
        (
            "perl",
            Syntax {
                variables: "$@%",
                ..like_script(
                    "and cmp continue do else elsif eq for foreach ge given goto gt if last le local lt my ne next no \
                     not or our package print redo require return say sub unless until use when while xor",
                    "sub package",
                )
            },
        ),
        (
            "r",
            Syntax {
                letters: ".",
                ..like_script("break else for function if in library next repeat require return source while", "")
            },
        ),
        (
            "julia",
            Syntax {
                quotes: const { &[TRIPLE, DOUBLE] },
                annotations: "@",
                letters: "!",
                ..like_script(
                    "abstract baremodule begin break catch const continue do else elseif end export finally for \
                     function global if import in isa let local macro module mutable primitive quote return struct try \
                     type using where while",
                    "function struct module macro",
                )
            },
        ),
        (
            "elixir",
            Syntax {
                quotes: const { &[TRIPLE, DOUBLE, SINGLE] },
                annotations: "@",
                letters: "?!",
                ..like_script(
                    "after alias and case catch cond def defdelegate defexception defguard defimpl defmacro defmodule \
                     defp defprotocol defstruct do else end fn for if import in not or quote raise receive require \
                     rescue super throw try unless unquote use when with",
                    "def defmodule defp defmacro",
                )
            },
        ),
        (
            "powershell",
            Syntax {
                block_comments: &[("<#", "#>")],
                quotes: const { &[lines(quote("@\"", "\"@")), verbatim(DOUBLE), verbatim(SINGLE)] },
                variables: "$",
                letters: "-",
                case: Case::Ignored,
                capital_types: false,
                ..like_script(
                    "begin break catch class continue data do dynamicparam else elseif end enum exit filter finally \
                     for foreach from function hidden if in param process return static switch throw trap try until \
                     using while",
                    "function class enum",
                )
            },
        ),
        (
            "lua",
            Syntax {
                line_comments: &["--"],
                block_comments: &[("--[[", "]]")],
                quotes: const { &[DOUBLE, SINGLE, lines(verbatim(quote("[[", "]]")))] },
                ..like_c(
                    "and break do else elseif end for function goto if in local not or repeat return then until while",
                    "function",
                    "",
                )
            },
        ),
        ("javascript", javascript_syntax()),
        ("bash", shell_syntax()),
    ]
}

fn javascript_syntax() -> Syntax {
    Syntax {
        quotes: const { &[DOUBLE, SINGLE, TICK] },
        regular_expressions: true,
        letters: "$",
        annotations: "@",
        properties: true,
        ..like_c(
            "abstract as async await break case catch class const continue debugger declare default delete do else \
             enum export extends finally for from function get if implements import in infer instanceof interface is \
             keyof let namespace new of override private protected public readonly return satisfies set static switch \
             throw try type typeof var void while with yield",
            "class function interface enum namespace type extends implements new",
            "any bigint boolean never number object string symbol unknown",
        )
    }
}

fn shell_syntax() -> Syntax {
    Syntax {
        quotes: const { &[lines(DOUBLE), ended(lines(verbatim(SINGLE))), TICK] },
        variables: "$",
        letters: "-",
        capital_types: false,
        calls: false,
        ..like_script(
            "alias break case cd continue declare do done echo elif else esac eval exec exit export fi for function if \
             in local readonly return select set shift source sudo then trap unset until while",
            "function",
        )
    }
}
