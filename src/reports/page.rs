//! The page around every report: one file, no script, nothing fetched, made for screen, screen
//! reader and A4.

use maud::{DOCTYPE, Markup, html};

use super::palette::{BAND, BLUE, GREEN, INK, PAPER, QUIET, RULE, VERMILION};

/// Nothing may be fetched and nothing may run.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/// A whole page; `main` has the one `h1`.
/// `banner` stands on top, and on top of every printed page.
pub(super) fn page(title: &str, main: &Markup, footer: &str, banner: Option<&str>) -> String {
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="robots" content="noindex";
                title { (title) }
                style { (style()) }
            }
            body class=[banner.map(|_| "marked")] {
                a.skip href="#content" { "Skip to the report" }
                @if let Some(banner) = banner { header.trial { p { strong { (banner) } } } }
                main #content tabindex="-1" { (main) }
                footer { p { (footer) } }
            }
        }
    }
    .into_string()
}

/// A bar of so many per cent. It only repeats the number beside it, so it is hidden from
/// screen readers.
pub(super) fn bar(percent: u32) -> Markup {
    let filled = percent.min(100);
    html! {
        svg.bar viewBox="0 0 100 10" aria-hidden="true" focusable="false" {
            rect x="0.5" y="0.5" width="99" height="9" fill=(PAPER) stroke=(RULE) {}
            rect x="0.5" y="0.5" width=(filled) height="9" fill=(BLUE) {}
        }
    }
}

/// A list of texts; nothing where there is none.
pub(super) fn list(texts: &[String]) -> Markup {
    html! {
        @if !texts.is_empty() {
            ul { @for text in texts { li { (text) } } }
        }
    }
}

/// The style sheet. It holds none of the signs that HTML would escape.
fn style() -> String {
    format!(
        "
:root {{ color-scheme: light; }}
* {{ box-sizing: border-box; }}
body {{ margin: 0 auto; max-width: 62rem; padding: 1.5rem; background: {PAPER}; color: {INK};
  font: 1rem/1.5 Inter, Segoe UI, Roboto, Helvetica, Arial, sans-serif; }}
h1, h2, h3 {{ line-height: 1.25; color: {BLUE}; }}
h1 {{ font-size: 1.9rem; margin: 0 0 .5rem; }}
h2 {{ font-size: 1.4rem; margin: 2.2rem 0 .6rem; border-bottom: 2px solid {RULE}; }}
h3 {{ font-size: 1.1rem; margin: 0 0 .4rem; }}
p {{ margin: .4rem 0; }}
a {{ color: {BLUE}; }}
a:focus-visible, main:focus-visible {{ outline: 3px solid {INK}; outline-offset: 2px; }}
.skip {{ position: absolute; left: -99rem; }}
.skip:focus {{ position: static; }}
.quiet {{ color: {QUIET}; }}
.hash {{ font-family: Consolas, DejaVu Sans Mono, monospace; overflow-wrap: anywhere; }}
.panel {{ background: {BAND}; padding: .8rem 1rem; border-left: 6px solid {BLUE}; margin: .8rem 0; }}
.panel.held {{ border-left-color: {GREEN}; }}
.panel.failed {{ border-left: 6px double {VERMILION}; }}
.verdict {{ font-size: 1.15rem; font-weight: 600; }}
.trial {{ border: 3px double {VERMILION}; padding: .2rem .8rem; margin-bottom: 1rem; }}
.wide {{ overflow-x: auto; }}
table {{ border-collapse: collapse; width: 100%; margin: .6rem 0; }}
caption {{ text-align: left; font-weight: 600; padding: .3rem 0; }}
th, td {{ text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid {RULE}; }}
thead th {{ background: {BAND}; }}
td.number, th.number {{ text-align: right; font-variant-numeric: tabular-nums; }}
dl.facts {{ display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: .6rem 0; }}
dl.facts dt {{ font-weight: 600; }}
dl.facts dd {{ margin: 0; overflow-wrap: anywhere; }}
blockquote {{ margin: .6rem 0; padding: .2rem 1rem; border-left: 4px solid {RULE}; }}
.decision {{ border: 1px solid {RULE}; padding: .8rem 1rem; margin: .8rem 0; }}
.done {{ font-weight: 600; }}
svg.bar {{ width: 8rem; height: .8rem; }}
svg.timeline {{ width: 100%; height: auto; }}
footer {{ margin-top: 2.5rem; border-top: 2px solid {RULE}; color: {QUIET}; }}
@page {{ size: A4; margin: 16mm; }}
@media print {{
  body {{ max-width: none; padding: 0; font-size: 10pt; }}
  body.marked {{ display: table; width: 100%; }}
  .trial {{ display: table-header-group; }}
  .trial p {{ margin: 0 0 3mm; padding-bottom: 1mm; border-bottom: 3px double {VERMILION}; }}
  .skip, nav {{ display: none; }}
  h2, h3, caption, thead, thead tr {{ break-after: avoid; }}
  tbody tr:first-child {{ break-before: avoid; }}
  td.hash {{ font-size: 8pt; }}
  tr, .panel, blockquote, figure, dl.facts {{ break-inside: avoid; }}
  .decision {{ border-width: 2px 0 0; padding: .4rem 0; }}
  .decision table {{ font-size: 9pt; }}
  td, th {{ padding: .2rem .4rem; }}
  * {{ print-color-adjust: exact; }}
}}
"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_sheet_survives_escaping() {
        assert!(!style().contains(['<', '>', '&', '"', '\'']));
    }
}
