// Shows the messages of /dev/outbox, those of ?to= alone where it is given. What people wrote is set as text, never
// as markup.
"use strict";

function article({ created_at: at, channel, to, template, subject, text }) {
  const node = document.getElementById("message").content.cloneNode(true);
  node.querySelector("small").textContent = `${at} · ${channel} → ${to} · ${template}`;
  node.querySelector("strong").textContent = subject;
  node.querySelector(".text").textContent = text;
  return node;
}

async function show() {
  try {
    const answer = await fetch(`/dev/outbox${location.search}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const { items } = await answer.json();
    document.getElementById("messages").replaceChildren(...items.map(article));
    document.getElementById("empty").hidden = items.length > 0;
  } catch {
    document.getElementById("unread").hidden = false;
  }
}

show();
