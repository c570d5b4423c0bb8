//! Languages of queries, settings, schemas and drawings.

use crate::highlight::syntax::{
    C_COMMENTS, Case, DOUBLE, SINGLE, Syntax, TRIPLE, TRIPLE_SINGLE, Words, ended, like_c, like_script, quote, verbatim,
};

/// Every one of them with its name.
pub(super) fn all() -> Vec<(&'static str, Syntax)> {
    vec![
        (
            "values",
            Syntax {
                quotes: const { &[TRIPLE, TRIPLE_SINGLE, DOUBLE, ended(SINGLE)] },
                calls: false,
                capital_types: false,
                letters: "-./",
                ..like_script("", "")
            },
        ),
        ("json", Syntax { properties: false, capital_types: false, calls: false, ..like_c("", "", "") }),
        (
            "sql",
            Syntax {
                line_comments: &["--", "#"],
                quotes: const { &[quote("'", "'"), verbatim(DOUBLE), ended(quote("`", "`"))] },
                case: Case::Ignored,
                capital_types: false,
                variables: "@",
                types: Words::new(
                    "bigint binary bit blob boolean bytea char character clob date datetime decimal double enum float \
                     int integer json jsonb mediumint number numeric nvarchar real serial smallint string text time \
                     timestamp timestamptz tinyint uuid varbinary varchar",
                ),
                ..like_c(
                    "add after all alter analyze and any as asc before begin between by cascade case cast change check \
                     cluster collate column columns comment commit conflict constraint create cross cube current \
                     cursor database databases declare default delete desc describe distinct distribute do drop each \
                     else elseif end engine escape except exec execute exists explain external fetch filter first for \
                     foreign format from full function generated global grant group having if ignore ilike in index \
                     inner insert intersect interval into is isolation join key language lateral left level like limit \
                     local location lock materialized merge modify natural new next not null nulls of offset on only or \
                     order outer over overwrite partition partitioned plan primary procedure range recursive references \
                     refresh rename replace restrict return returning returns revoke right rollback rollup row rows \
                     schema select serdeproperties session set share show sort start stored table tables tablespace \
                     tblproperties temporary then to top transaction trigger truncate type unbounded union unique \
                     unlock update use using vacuum values view watermark when where window with within without",
                    "",
                    "",
                )
            },
        ),
        (
            "protobuf",
            like_c(
                "enum extend extensions import map message oneof option optional package public repeated required \
                 reserved returns rpc service stream syntax input interface type union schema scalar query mutation \
                 subscription fragment on implements directive extend",
                "enum message service package type input interface",
                "bool bytes double fixed32 fixed64 float int32 int64 sint32 sint64 string uint32 uint64",
            ),
        ),
        (
            "graphql",
            Syntax {
                annotations: "@",
                variables: "$",
                quotes: const { &[TRIPLE, DOUBLE] },
                properties: true,
                ..like_script(
                    "directive enum extend fragment implements input interface mutation on query scalar schema \
                     subscription type union",
                    "enum fragment input interface mutation query type",
                )
            },
        ),
        (
            "terraform",
            Syntax {
                line_comments: &["#", "//"],
                block_comments: C_COMMENTS,
                first_words: true,
                letters: "-",
                capital_types: false,
                ..like_script("for if in else endif endfor", "")
            },
        ),
        (
            "dockerfile",
            Syntax {
                variables: "$",
                letters: "-./",
                capital_types: false,
                calls: false,
                ..like_script(
                    "FROM RUN CMD LABEL MAINTAINER EXPOSE ENV ADD COPY ENTRYPOINT VOLUME USER WORKDIR ARG ONBUILD \
                     STOPSIGNAL HEALTHCHECK SHELL AS from run cmd env copy workdir",
                    "",
                )
            },
        ),
        (
            "makefile",
            Syntax {
                variables: "$",
                letters: "-.",
                properties: true,
                capital_types: false,
                ..like_script("define else endef endif export if ifdef ifeq ifndef ifneq include override", "")
            },
        ),
        (
            "cmake",
            Syntax {
                variables: "$",
                case: Case::Ignored,
                capital_types: false,
                ..like_script(
                    "else elseif endforeach endfunction endif endmacro endwhile foreach function if macro while",
                    "",
                )
            },
        ),
        (
            "nginx",
            Syntax {
                variables: "$",
                first_words: true,
                letters: "-./",
                capital_types: false,
                calls: false,
                quotes: const { &[DOUBLE, ended(SINGLE)] },
                ..like_script("if location server upstream http events", "")
            },
        ),
        (
            "latex",
            Syntax {
                line_comments: &["%"],
                block_comments: &[],
                quotes: const { &[] },
                annotations: "\\",
                capital_types: false,
                calls: false,
                ..like_c("", "", "")
            },
        ),
        (
            "asm",
            Syntax {
                line_comments: &[";", "//", "#"],
                variables: "%$",
                letters: ".",
                first_words: true,
                capital_types: false,
                ..like_c("", "", "")
            },
        ),
        (
            "mermaid",
            Syntax {
                line_comments: &["%%"],
                quotes: const { &[DOUBLE] },
                capital_types: false,
                calls: false,
                ..like_c(
                    "actor alt autonumber class classDef click direction else end erDiagram flowchart gantt gitGraph \
                     graph journey loop note opt par participant pie rect section sequenceDiagram state \
                     stateDiagram stateDiagram-v2 style subgraph title classDiagram",
                    "",
                    "",
                )
            },
        ),
        ("css", css_syntax()),
    ]
}

fn css_syntax() -> Syntax {
    Syntax {
        line_comments: &["//"],
        calls: true,
        capital_types: false,
        letters: "-",
        variables: "$",
        annotations: "@",
        properties: true,
        ..like_c("important", "", "")
    }
}
