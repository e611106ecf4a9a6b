// The style of the report: one file, no fonts or pictures from anywhere, light and dark, readable on a phone.
export const style = `
:root { color-scheme: light dark; --paper: #fbfbf9; --ink: #1c2321; --soft: #5d6864; --line: #dfe3df; --card: #ffffff;
  --good: #006233; --bad: #b3261e; --k0: #006233; --k1: #2463c2; --k2: #b4560f; --k3: #7a45b8; --k4: #6b7280; --k5: #0f7c8a; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #121614; --ink: #e7ece9; --soft: #9aa7a1; --line: #2b332f; --card: #191f1c;
    --good: #4cc38a; --bad: #ff7b72; --k0: #4cc38a; --k1: #7cabf8; --k2: #f0a35e; --k3: #c09bf5; --k4: #9ca3af; --k5: #5cc7d3; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1rem; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: .5rem 0; } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; } h3 { font-size: 1rem; margin: .75rem 0 .25rem; }
p, ul { margin: .4rem 0; } .soft { color: var(--soft); } code { font-size: .9em; }
.warn { border-left: 4px solid var(--bad); padding: .25rem .75rem; background: var(--card); }
.wide { overflow-x: auto; overflow-wrap: normal; } table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .9rem; }
th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; color: var(--soft); } td.number { text-align: right; white-space: nowrap; }
.kept { color: var(--good); font-weight: 600; } .worse { color: var(--bad); font-weight: 600; } .unmeasured, .told { color: var(--soft); } .kept, .worse, .unmeasured, .told { white-space: nowrap; }
.verdicts td.number { white-space: normal; }
@media (max-width: 42rem) { .verdicts thead { display: none; } .verdicts tr { display: block; border-bottom: 1px solid var(--line); padding: .4rem 0; }
  .verdicts td { display: block; border: 0; padding: .1rem 0; } .verdicts td.number { text-align: left; }
  .verdicts td[data-name]::before { content: attr(data-name) ": "; color: var(--soft); } }
section { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .75rem 1rem; margin: 1rem 0; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1rem; }
figure { margin: 0; } figcaption { font-size: .85rem; color: var(--soft); }
svg { width: 100%; max-width: 34rem; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1rem; font-size: .85rem; }
.legend i { display: inline-block; width: .8rem; height: .8rem; border-radius: 2px; margin-right: .35rem; }
`;
