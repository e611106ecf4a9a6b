// Shows every text of /dev/messages, with the number that the visitor chose.
"use strict";

function article({ name, locale, subject, text, sms_parts: parts }) {
  const node = document.getElementById("message").content.cloneNode(true);
  node.querySelector("article").lang = locale;
  node.querySelector("small").textContent = `${name} · ${locale} · SMS × ${parts}`;
  node.querySelector("strong").textContent = subject;
  node.querySelector(".text").textContent = text;
  return node;
}

async function show() {
  try {
    const answer = await fetch(`/dev/messages${location.search}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const { items } = await answer.json();
    document.getElementById("messages").replaceChildren(...items.map(article));
    const chosen = new URLSearchParams(location.search).get("count");
    if (chosen) document.querySelector("input").value = chosen;
  } catch {
    document.getElementById("unread").hidden = false;
  }
}

show();
