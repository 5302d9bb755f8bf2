#pragma once

#include <string_view>

namespace lacuna::experiments::report {

/// The report's look; its colours are palette_css()'s variables.
inline constexpr std::string_view stylesheet = R"(* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: var(--paper);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 2rem clamp(1rem, 4vw, 3rem) 4rem; }
h1, h2, p, li, summary, th { overflow-wrap: anywhere; }
h1 { font-size: clamp(1.5rem, 5vw, 2.1rem); line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.75rem 0 .75rem; padding-top: 1rem;
  border-top: 1px solid var(--rule); }
p { max-width: 44rem; margin: .5rem 0; }
.soft, caption, figcaption { color: var(--soft); }
.notice { padding: .6rem .9rem; border-left: .3rem solid var(--warning);
  background: var(--tint); }
.scroll { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; font-size: .925rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding-bottom: .35rem; }
th, td { padding: .3rem 1.25rem .3rem 0; border-bottom: 1px solid var(--rule);
  text-align: left; vertical-align: top; }
thead th { vertical-align: bottom; color: var(--soft); font-weight: 600; }
tbody th { font-weight: 500; min-width: 9rem; }
.numbers td, .numbers th + th, .numbers thead td + th { text-align: right; white-space: nowrap; }
.text td { min-width: 9rem; overflow-wrap: anywhere; }
.charts { display: grid; gap: 1.5rem 2rem;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr)); }
figure { margin: 0; max-width: 44rem; }
figure > svg { display: block; width: 100%; height: auto; image-rendering: pixelated; }
figcaption { font-size: .875rem; }
figcaption strong { color: var(--ink); }
.legend { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; margin: .25rem 0 0; padding: 0;
  list-style: none; }
.key { color: var(--ink); width: 1.9rem; height: .7rem; margin-right: .35rem; vertical-align: -.05em; }
details { margin: .5rem 0; }
summary { cursor: pointer; }
pre { overflow-x: auto; padding: .75rem 1rem; background: var(--tint); font-size: .825rem;
  line-height: 1.45; }
@media print {
  main { max-width: none; padding: 0; }
  body { font-size: 10pt; }
  figure, tr, .notice { break-inside: avoid; }
  h2 { break-after: avoid; }
  .scroll, pre { overflow: visible; }
  pre { white-space: pre-wrap; }
}
)";

}  // namespace lacuna::experiments::report
