// Beside the figures: quizzes, galleries, and listings that the keyboard can scroll.
// Both are plain <details> without this file. An answer is kept by page and question.
'use strict'; {
const F = globalThis.figures;
const page = location.pathname.split('/').pop() || 'index.html';
const mark = (element, right) => { element.classList.add('picked'); element.dataset.mark = right ? 'right' : 'not so'; };

// A choice is picked by opening it. The text inside names the belief behind it.
document.querySelectorAll('.quiz').forEach((quiz, q) => {
  const key = `quiz ${page} ${q}`, choices = [...quiz.querySelectorAll('.choice')], picked = new Set(F.recall(key) ?? []);
  const status = document.createElement('p');
  status.className = 'sr';
  status.setAttribute('role', 'status');
  quiz.append(status);
  const show = i => mark(choices[i], choices[i].matches('.right'));
  picked.forEach(i => choices[i] && show(i));
  choices.forEach((choice, i) => choice.addEventListener('toggle', () => {
    if (!choice.open) return;
    picked.add(i);
    F.remember(key, [...picked]);
    show(i);
    F.say(status, choice.matches('.right') ? 'Right.' : 'Not so.');
  }));
});

// A suspect's verdict first asks which of the gallery's verdicts it is, each named by the first line of its message.
document.querySelectorAll('.gallery').forEach((gallery, g) => {
  const suspects = [...gallery.querySelectorAll('.suspect:has(.verdict > summary)')];
  const named = suspects.map(s => s.querySelector('.verdict code').textContent.trim().split('\n')[0].replace('Error: ', ''));
  const checks = [...new Set(named)].sort();
  if (checks.length > 1) suspects.forEach((suspect, s) => {
    const verdict = suspect.querySelector('.verdict'), summary = verdict.querySelector('summary'), right = named[s];
    const key = `gallery ${page} ${g}.${s}`, rest = document.createElement('div'), ask = document.createElement('fieldset');
    rest.append(...[...verdict.childNodes].filter(node => node !== summary));
    rest.hidden = true;
    ask.className = 'checks';
    ask.innerHTML = `<legend>Choose before you look.</legend>${checks.map((check, i) =>
      `<label><input type="radio" name="g${g}s${s}" value="${i}" autocomplete="off"> <span>${F.safe(check)}</span></label>`).join('')}<p class="said" role="status"></p>`;
    verdict.append(ask, rest);
    const pick = i => {
      const hit = checks[i] === right;
      F.say(ask.querySelector('.said'), hit ? 'Yes, that one.' : 'Not that one.');
      rest.hidden = false;
      mark(verdict, hit);
    };
    ask.addEventListener('change', ({ target }) => { F.remember(key, +target.value); pick(+target.value); });
    const kept = F.recall(key);
    if (kept !== null && checks[kept]) { ask.querySelectorAll('input')[kept].checked = true; pick(kept); }
  });
});

// The keyboard must reach what scrolls.
for (const block of document.querySelectorAll('main pre, main pre > code, .table-wrapper')) {
  if (block.scrollWidth > block.clientWidth) block.tabIndex = 0;
}

document.getElementById('answered')?.remove();   // theme/head.hbs
}
