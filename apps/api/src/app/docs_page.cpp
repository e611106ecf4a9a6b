#include "app/docs_page.hpp"

namespace safargo::app {

const std::string_view docs_html = R"html(<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>SafarGo API</title>
<link rel="stylesheet" href="/docs/docs.css">
<header><h1>SafarGo API</h1><p id="about">Reading the contract…</p>
<input id="filter" type="search" placeholder="Filter: trips, book, 409…" aria-label="Filter operations"></header>
<main id="operations"></main>
<script src="/docs/docs.js" defer></script>
</html>
)html";

const std::string_view docs_style = R"css(
:root{color-scheme:light dark;--page:#FAF8F3;--card:#fff;--text:#1B1F24;--soft:#5B6470;--line:#E6E1D6;--green:#006233}
@media (prefers-color-scheme:dark){:root{--page:#0F1412;--card:#171D1A;--text:#ECEAE4;--soft:#A6ADB5;--line:#2A322E;--green:#6FCF9B}}
body{font:16px/1.5 system-ui,sans-serif;background:var(--page);color:var(--text);margin:0 auto;max-width:60rem;padding:1rem}
h1{color:var(--green);margin:.2rem 0}h2{margin:2rem 0 .5rem;text-transform:capitalize}
input{font:inherit;width:100%;box-sizing:border-box;padding:.6rem .8rem;border:1px solid var(--line);border-radius:12px;background:var(--card);color:inherit}
details{background:var(--card);border:1px solid var(--line);border-radius:12px;margin:.5rem 0;padding:.5rem .8rem}
summary{cursor:pointer;display:flex;gap:.6rem;flex-wrap:wrap;align-items:baseline}
.method{font-weight:700;color:var(--green);min-width:3.8rem}.path{font-family:ui-monospace,monospace}
.soft{color:var(--soft)}.chip{border:1px solid var(--line);border-radius:999px;padding:0 .5rem;font-size:.85rem}
pre{overflow:auto;background:var(--page);border:1px solid var(--line);border-radius:8px;padding:.6rem;font-size:.85rem}
table{border-collapse:collapse;width:100%}td{border-top:1px solid var(--line);padding:.25rem .5rem;vertical-align:top}
)css";

const std::string_view docs_script = R"js('use strict';
const el = (tag, props, ...children) => {
  const node = Object.assign(document.createElement(tag), props);
  node.append(...children.filter(child => child !== null));
  return node;
};
const show = (schema, schemas, depth = 0) => {
  if (!schema) return '';
  if (schema.$ref) {
    const name = schema.$ref.split('/').pop();
    return depth > 3 ? name : show(schemas[name], schemas, depth + 1);
  }
  if (schema.anyOf) return schema.anyOf.map(one => show(one, schemas, depth)).join(' | ');
  if (schema.enum) return schema.enum.map(one => JSON.stringify(one)).join(' | ');
  if (schema.type === 'array') return '[ ' + show(schema.items, schemas, depth) + ' ]';
  if (schema.properties) {
    const pad = '  '.repeat(depth + 1);
    const must = new Set(schema.required || []);
    const rows = Object.entries(schema.properties).map(([name, of]) =>
      pad + name + (must.has(name) ? '' : '?') + ': ' + show(of, schemas, depth + 1));
    return '{\n' + rows.join(',\n') + '\n' + '  '.repeat(depth) + '}';
  }
  const bounds = ['format', 'minLength', 'maxLength', 'minimum', 'maximum']
    .filter(key => key in schema).map(key => key + ' ' + schema[key]).join(', ');
  return [].concat(schema.type).join(' | ') + (bounds ? ' (' + bounds + ')' : '');
};
const block = (title, text) => text ? el('div', {}, el('p', {className: 'soft', textContent: title}), el('pre', {textContent: text})) : null;
const operation = (method, path, op, schemas, shared) => {
  const responses = Object.fromEntries(Object.entries(op.responses).map(([status, answer]) =>
    [status, answer.$ref ? shared[answer.$ref.split('/').pop()] : answer]));
  const body = op.requestBody && show(op.requestBody.content['application/json'].schema, schemas);
  const parameters = op.parameters.map(p => p.name + (p.required ? '' : '?') + ' in ' + p.in + ': ' + show(p.schema, schemas)).join('\n');
  const answers = el('table', {}, ...Object.entries(responses).map(([status, answer]) =>
    el('tr', {}, el('td', {textContent: status}), el('td', {textContent: answer.description}))));
  const good = Object.values(responses).map(answer => answer.content && answer.content['application/json']).find(Boolean);
  const node = el('details', {},
    el('summary', {}, el('span', {className: 'method', textContent: method.toUpperCase()}),
      el('span', {className: 'path', textContent: path}), el('span', {className: 'soft', textContent: op.summary}),
      op['x-access'] === 'anyone' ? null : el('span', {className: 'chip', textContent: op['x-access']})),
    block('Parameters', parameters), block('Body', body), block('Answer', good && show(good.schema, schemas)), answers);
  node.dataset.words = [method, path, op.summary, op['x-access'], ...Object.entries(responses).map(([s, r]) => s + ' ' + r.description)].join(' ').toLowerCase();
  return node;
};
const draw = contract => {
  const schemas = contract.components.schemas;
  const groups = new Map();
  for (const [path, methods] of Object.entries(contract.paths))
    for (const [method, op] of Object.entries(methods)) {
      const tag = op.tags[0];
      if (!groups.has(tag)) groups.set(tag, el('section', {}, el('h2', {textContent: tag})));
      groups.get(tag).append(operation(method, path, op, schemas, contract.components.responses));
    }
  document.getElementById('operations').append(...groups.values());
  document.getElementById('about').textContent = 'Version ' + contract.info.version + ' · ' + contract.servers[0].url + ' · errors are application/problem+json';
};
document.getElementById('filter').addEventListener('input', event => {
  const words = event.target.value.toLowerCase();
  for (const node of document.querySelectorAll('details')) node.hidden = !node.dataset.words.includes(words);
});
fetch('/api/v1/openapi.json').then(answer => answer.json()).then(draw)
  .catch(() => { document.getElementById('about').textContent = 'The contract could not be read. Is the API still running?'; });
)js";

}  // namespace safargo::app
