/** The page's style; it has no other file. */
export const STYLE = `
:root { font: 15px/1.45 system-ui, sans-serif; --line: #8884; --card: #8881; }
body { margin: 0 auto; max-width: 78rem; padding: 1.5rem; }
h1 { margin: 0; font-size: 1.5rem; } h2 { margin: 0 0 .5rem; font-size: 1rem; }
header p { margin: .25rem 0 1.25rem; opacity: .75; }
main { display: grid; grid-template-columns: repeat(auto-fill, minmax(22rem, 1fr)); gap: 1rem; }
section, .tiles div { border: 1px solid var(--line); border-radius: .5rem; background: var(--card); padding: .9rem 1rem; }
.wide, .tiles { grid-column: 1 / -1; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 1rem; margin: 0; }
dt { opacity: .75; } dd { margin: 0; font-size: 1.5rem; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; } table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 500; opacity: .75; } th, td { padding: .25rem .75rem .25rem 0; white-space: nowrap; }
td { border-top: 1px solid var(--line); } section:not(.wide) :is(th, td):nth-child(n + 2) { text-align: right; }
section:not(.wide) td:first-child { max-width: 13rem; overflow: hidden; text-overflow: ellipsis; }
.wide table { font-size: .92rem; } td.none { opacity: .6; }
`;
