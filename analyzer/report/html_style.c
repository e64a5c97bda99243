/*
 * Style of the HTML report.  Colours are tokens, one set for light and one for dark; every grade
 * also has its letter and its kind of underline, so nothing depends on colour.
 */

#include "report/html.h"

#include "report/shown.h"

static const char *const parts[] = {
    ":root{color-scheme:light dark;--bg:#fff;--fg:#1a1d21;--dim:#57606a;--line:#d3d9df;"
    "--soft:#f4f6f8;--link:#0a558c;"
    "--black:#9a1b1b;--black-bg:#fdedeb;--grey:#85470a;--grey-bg:#fef3e2;"
    "--potential:#1f4f8f;--potential-bg:#e9f1fb;--check:#4b5661;--check-bg:#eef1f4;"
    "--ask:#6a4d00;--ask-bg:#fff1bd}\n",
    "@media(prefers-color-scheme:dark){:root{--bg:#15181b;--fg:#e4e7ea;--dim:#a2acb6;"
    "--line:#394047;--soft:#1d2125;--link:#8cc4ff;"
    "--black:#ff9f96;--black-bg:#3b1b19;--grey:#ffbe73;--grey-bg:#37260e;"
    "--potential:#9ac6ff;--potential-bg:#16293f;--check:#b6c0ca;--check-bg:#272c32;"
    "--ask:#ffd55a;--ask-bg:#393000}}\n",
    "*{box-sizing:border-box}",
    "body{margin:0;background:var(--bg);color:var(--fg);overflow-wrap:break-word;"
    "font:15px/1.5 system-ui,-apple-system,'Segoe UI','Noto Sans','DejaVu Sans',sans-serif}",
    "a{color:var(--link)}",
    ":focus-visible{outline:3px solid var(--link);outline-offset:2px}",
    "h1,h2,h3,h4,h5,h6,p,ol,ul,dl,dd{margin:0;padding:0}",
    ".skip{position:absolute;left:-100vw}.skip:focus{left:1rem;top:1rem;background:var(--bg);"
    "padding:.5rem 1rem;z-index:2}",
    ".page{max-width:104rem;margin:0 auto;padding:0 1.25rem}\n",
    /* head */
    ".top{padding:.2rem 0 .9rem;border-bottom:1px solid var(--line)}",
    "h1{font-size:1.45rem;line-height:1.25;padding-top:1.1rem}",
    ".top h2{font-size:1.15rem;font-weight:600;color:var(--dim)}",
    ".meta{display:flex;flex-wrap:wrap;gap:.1rem 1.4rem;margin-top:.4rem;font-size:.87rem}",
    ".meta div{display:flex;gap:.4em}.meta dt{color:var(--dim)}",
    ".hash{font-family:ui-monospace,'DejaVu Sans Mono',monospace;font-size:.92em}",
    ".ask{background:var(--ask-bg);color:var(--ask);border-radius:3px;padding:0 .35em}",
    ".counts{margin-top:.65rem;font-size:1.05rem;display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;"
    "align-items:center}",
    ".counts b{font-weight:650}",
    ".small{font-size:.82rem;color:var(--dim);margin-top:.45rem}",
    ".notes-in{margin:.5rem 0 0 1.2rem;font-size:.87rem}",
    ".documents{border-collapse:collapse;margin:1rem 0;font-size:.92rem}",
    ".documents th,.documents td{border:1px solid var(--line);padding:.3rem .7rem;"
    "text-align:left}.documents td.n{text-align:right}\n",
    /* grades */
    ".b{display:inline-block;min-width:1.5em;height:1.5em;line-height:1.5em;text-align:center;"
    "border-radius:4px;font-weight:700;font-size:.86em;border:1px solid currentColor}",
    ".black{--c:var(--black);--k:var(--black-bg)}.grey{--c:var(--grey);--k:var(--grey-bg)}",
    ".potential{--c:var(--potential);--k:var(--potential-bg)}",
    ".check{--c:var(--check);--k:var(--check-bg)}",
    ".b,.ref,.word{color:var(--c)}.b{background:var(--k)}",
    ".word{font-weight:650}",
    ".sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);"
    "white-space:nowrap}\n",
    /* list */
    ".list{padding:1rem 0;font-size:.9rem}",
    ".list h3{font-size:1rem;margin-bottom:.3rem}",
    ".list h4{font-size:.78rem;letter-spacing:.05em;text-transform:uppercase;color:var(--dim);"
    "margin:.9rem 0 .2rem}",
    ".list ol{list-style:none}",
    ".list li a{display:grid;grid-template-columns:auto 1fr;gap:.6em;padding:.3rem .4rem;"
    "color:inherit;text-decoration:none;border-radius:5px;line-height:1.35}",
    ".list li a:hover{background:var(--soft)}.list li a:hover .t{text-decoration:underline}",
    ".list .at{color:var(--dim);white-space:nowrap;font-size:.93em}",
    ".list summary,.note summary{cursor:pointer;padding:.25rem 0}",
    ".list details{margin-top:1rem}\n",
    /* contract */
    ".text>h3{font-size:1rem;padding-top:1rem}",
    ".rows{display:grid;grid-template-columns:minmax(0,1fr);padding:.6rem 0 3rem;"
    "grid-auto-rows:max-content}",
    ".row{display:grid;grid-template-columns:4.2rem minmax(0,1fr);column-gap:.8rem;"
    "padding:.28rem .7rem .28rem 0;border-left:4px solid transparent;unicode-bidi:isolate;"
    "scroll-margin-top:4rem;align-self:start}",
    ".row .m{font-size:.76rem;color:var(--dim);text-align:right;line-height:1.3;"
    "padding-top:.25rem}",
    ".row .m span{display:block}.row .m .pg{border-top:1px solid var(--line)}",
    ".row .c{font:1.02rem/1.58 Charter,'Bitstream Charter','Source Serif 4','Noto Serif',"
    "'Liberation Serif',Georgia,serif;max-width:44em}",
    ".row h4.c,.row h5.c,.row h6.c{font-weight:700}.row.head{padding-top:.9rem}",
    ".row.item .c{padding-left:1.6em}",
    ".row.flag{background:var(--soft);border-left-color:var(--c)}",
    "mark{background:var(--k);color:inherit;text-decoration:underline solid var(--c) 2px;"
    "text-underline-offset:.2em;text-decoration-skip-ink:none;scroll-margin-top:30vh}",
    "mark.black{text-decoration-thickness:3px}",
    "mark.potential{text-decoration-style:dashed}mark.check{text-decoration-style:dotted}",
    "mark mark{text-underline-offset:.42em}",
    "mark:target,.note:target{outline:2px solid var(--c);outline-offset:2px}",
    ".ref{font:700 .74rem/1 system-ui,'DejaVu Sans',sans-serif;text-decoration:none;"
    "background:var(--k);border:1px solid var(--c);border-radius:4px;padding:.12em .38em;"
    "margin-left:.25em;white-space:nowrap;display:inline-block;min-width:24px;min-height:24px;"
    "line-height:20px;text-align:center;vertical-align:baseline}\n",
    /* notes */
    ".notes{padding:.3rem 0 .8rem;display:flex;flex-direction:column;gap:.7rem}",
    ".note{border:1px solid var(--line);border-left:4px solid var(--c);border-radius:6px;"
    "background:var(--bg);padding:.65rem .85rem;font-size:.85rem;line-height:1.45;"
    "scroll-margin-top:4rem}",
    ".note .head{display:flex;gap:.5em;align-items:baseline;flex-wrap:wrap}",
    ".note .no{color:var(--dim);margin-left:auto}",
    ".note .t{font-weight:650;font-size:.95rem;line-height:1.3;margin:.3rem 0}",
    ".note .s{font-style:italic;margin-bottom:.25rem}.note .law{margin-top:.25rem}",
    ".note dl{margin-top:.4rem}.note dt{font-weight:650;margin-top:.4rem}",
    ".note dd ul{padding-left:1.1em}.note ul{padding-left:1.1em}",
    ".note q{quotes:none}",
    ".note .id{font-size:.92em;color:var(--dim);margin-top:.4rem}",
    ".note details{margin-top:.45rem}",
    ".note summary{color:var(--link);min-height:24px}\n",
    /* foot */
    "footer{border-top:1px solid var(--line);padding:1rem 0 2rem;font-size:.85rem;"
    "color:var(--dim)}footer p{max-width:70em;margin-bottom:.5rem}",
    "footer ul{columns:22rem;padding-left:1.2em;margin:.4rem 0}\n",
    "@media(min-width:62rem){"
    ".cols{display:grid;grid-template-columns:minmax(15rem,19rem) minmax(0,1fr);"
    "column-gap:1.6rem}",
    ".list{position:sticky;top:0;max-height:100vh;overflow:auto;align-self:start}}",
    "@media(min-width:78rem){"
    ".rows{grid-template-columns:minmax(0,1fr) 23rem;column-gap:1.2rem}",
    ".row{grid-column:1}.notes{grid-column:2;padding-top:.2rem}",
    ".s2{grid-row:span 2}.s3{grid-row:span 3}.s4{grid-row:span 4}.s5{grid-row:span 5}",
    ".s6{grid-row:span 6}.s7{grid-row:span 7}.s8{grid-row:span 8}.s9{grid-row:span 9}",
    ".s10{grid-row:span 10}.s11{grid-row:span 11}.s12{grid-row:span 12}}",
    "@media(max-width:77.99rem){.notes{margin-left:5rem}}",
    "@media(max-width:40rem){.row{grid-template-columns:minmax(0,1fr)}",
    ".row .m{text-align:left}.row .m span{display:inline;margin-right:.8em;border:0}",
    ".notes{margin-left:.7rem}}\n",
    "@media print{:root{color-scheme:light;--bg:#fff;--fg:#000;--dim:#444;--line:#999;"
    "--soft:#fff;--link:#000}",
    "@page{size:A4;margin:16mm}",
    "body{font-size:10pt}.page{max-width:none;padding:0}.skip{display:none}",
    ".cols,.rows{display:block}.list{position:static;max-height:none;overflow:visible}",
    ".list h4,.row h4,.row h5{break-after:avoid}",
    ".row{break-inside:avoid-page}.note{break-inside:avoid}",
    ".row .c{font-size:10pt;max-width:none}.notes{margin-left:5rem}",
    ".ref{border-color:#000}mark{background:none}",
    ".note,.row.flag{border-left-color:#000}",
    "details::details-content{content-visibility:visible;display:block;height:auto}",
    ".note{font-size:8.5pt}.note summary{display:none}a{text-decoration:none}}\n",
};

struct str
html_style(struct arena *arena)
{
    struct buffer style = {.arena = arena};

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        buffer_str(&style, str_of(parts[i]));
    return buffer_get(&style);
}
