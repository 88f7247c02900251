(function () {
  // Written so that phones of many years ago understand it: no modules, no arrows, no fetch.
  var base = location.pathname.replace(/\/+$/, ''), stream = null, heard = 0, state = null, drawn = null, last = 0, mine = null, sent = null,
    waiting = null, over = false, roles = null;
  function by(id) { return document.getElementById(id); }
  function say(id, text, bad) { var e = by(id); if (e.textContent !== text) e.textContent = text; e.className = bad || ''; }
  function make(tag, set, inside) {
    var e = document.createElement(tag), name;
    for (name in set) { if (name === 'text') e.textContent = set[name]; else if (name.slice(0, 2) === 'on') e[name] = set[name]; else e.setAttribute(name, set[name]); }
    (inside || []).forEach(function (each) { e.appendChild(each); });
    return e;
  }
  function ask(method, path, body, done) {
    var call = new XMLHttpRequest();
    call.open(method, base + path);
    call.timeout = 8000;
    if (body) call.setRequestHeader('Content-Type', 'application/json');
    call.onloadend = function () {
      var told = null;
      try { told = JSON.parse(call.responseText); } catch (e) { told = null; }
      done(call.status, told);
    };
    call.send(body ? JSON.stringify(body) : null);
  }
  function online(yes) { if (!over) say('line', yes ? 'You are in. Keep this page open.' : 'Connection lost. It comes back by itself.', yes ? '' : 'off'); }

  // ---- coming in, and hearing of the room ----
  function join(role) {
    ask('POST', '/join', role === undefined ? {} : { role: role }, function (status, told) {
      if (status === 200) { mine = told; roles = null; say('me', told.words); online(true); listen(); draw(); return; }
      if (status === 422 && told && told.roles) { roles = told.roles; choose(); return; }
      if (status && status < 500 && told) { end(told.told); return; }
      online(false);
      setTimeout(function () { join(role); }, 2000);
    });
  }
  function choose() {
    say('ask', 'For whom do you answer?'); say('line', 'Choose once.');
    var form = by('form');
    form.textContent = '';
    roles.forEach(function (role) {
      form.appendChild(make('p', {}, [make('button', { type: 'button', 'class': 'wide', text: role, onclick: function () { join(role); } })]));
    });
  }
  function end(words) {
    over = true;
    if (stream) stream.close();
    by('form').textContent = ''; say('me', ''); say('told', ''); say('line', '');
    say('ask', words || 'This room is over, and everything in it is deleted.');
  }
  function take(told) {
    heard = Date.now();
    if (over) return;
    online(true);
    if (told.over) { end(told.over); return; }
    if (!state || told.v >= state.v) { state = told; draw(); }
  }
  function listen() {
    heard = Date.now();
    if (stream) stream.close();
    stream = null;
    if (!window.EventSource) return;
    stream = new EventSource(base + '/events');
    stream.onmessage = function (e) { take(JSON.parse(e.data)); };
    stream.addEventListener('still', function () { heard = Date.now(); online(true); });
    stream.onerror = function () { heard = 0; };
  }
  function look() {
    ask('GET', '/state', null, function (status, told) {
      if (status === 200 && told) { take(told); if (!over && (!stream || stream.readyState === 2)) { listen(); } }
      else if (status === 404 && told) end(told.told);
      else online(false);
    });
  }
  setInterval(function () { if (mine && !over && Date.now() - heard > 12000) look(); }, 2000);
  ['online', 'pageshow'].forEach(function (name) { window.addEventListener(name, function () { if (mine && !over) look(); }); });
  document.addEventListener('visibilitychange', function () { if (mine && !over && !document.hidden) look(); });

  // ---- what the page shows ----
  function draw() {
    if (!state || !mine || over) return;
    var q = state.q, key = q ? q.n + q.phase : '';
    if (key === drawn) return;
    var fresh = last !== (q ? q.n : 0);
    drawn = key;
    last = q ? q.n : 0;
    if (!q) { say('ask', 'Wait for the first question.'); by('form').textContent = ''; say('told', ''); return; }
    say('ask', q.text);
    if (sent === null || sent.n !== q.n) sent = mine.number === q.n && mine.own !== null ? { n: q.n, value: mine.own } : null;
    if (q.phase === 'open') { form(q); told(q); if (fresh) by('ask').focus(); return; }
    by('form').textContent = '';
    if (waiting && waiting.number === q.n) return;
    told(q);
  }
  function told(q) {
    var own = sent && sent.n === q.n ? 'Your answer: ' + words(q, sent.value) + '. ' : '';
    if (q.phase === 'draft') say('told', 'This question opens in a moment.');
    if (q.phase === 'open') say('told', own ? own + 'You can change it until the question is closed.' : '');
    if (q.phase === 'closed') say('told', (own || 'You did not answer. ') + 'The question is closed; the answers are shown soon.');
    if (q.phase === 'revealed') say('told', own + 'All answers are shown in front, on the screen.');
  }
  function words(q, value) {
    if (q.kind === 'choice') return q.options[value];
    if (q.kind === 'points') return q.options.map(function (use, i) { return value[i] + ' ' + use.toLowerCase(); }).join(', ');
    return value + (q.sign ? ' ' + q.sign : '');
  }
  function form(q) {
    var box = make('fieldset', { 'aria-labelledby': 'ask' }), send = make('button', { 'class': 'send', text: sent ? 'Change my answer' : 'Send' }),
      read = { points: points, choice: choice }[q.kind] || number, f = by('form');
    f.textContent = '';
    var value = null;
    function changed() { send.disabled = !value || value() === null; }
    value = read(q, box, changed);
    changed();
    box.appendChild(send);
    f.appendChild(box);
    f.onsubmit = function (e) { e.preventDefault(); if (value() !== null) { give({ number: q.n, value: value() }); } };
  }
  function number(q, box, changed) {
    var ends = q.low !== null, field = make('input', { type: 'text', inputmode: 'decimal', autocomplete: 'off', 'aria-labelledby': 'ask' }),
      range = ends ? make('input', { type: 'range', min: q.low, max: q.high, step: q.step, 'aria-labelledby': 'ask' }) : null;
    function plain() { var t = field.value.replace(/\s/g, '').replace(/\u2212/g, '-').replace(',', '.'); return /^-?\d+(\.\d*)?$/.test(t) ? Number(t) : null; }
    function set(v) { v = Math.min(q.high, Math.max(q.low, v)); field.value = String(Math.round(v * 1e6) / 1e6); range.value = v; range.className = ''; changed(); }
    function step(by) { return make('button', { type: 'button', text: by < 0 ? '\u2212' : '+', 'aria-label': by < 0 ? 'less' : 'more', onclick: function () { var v = plain(); set((v === null ? Number(range.value) : v) + by * q.step); } }); }
    field.oninput = function () { var v = plain(); if (range && v !== null) { range.value = v; range.className = ''; } changed(); };
    if (sent) field.value = String(sent.value);
    if (range) { range.value = sent ? sent.value : (q.low + q.high) / 2; range.className = sent ? '' : 'unset'; range.oninput = function () { set(Number(range.value)); }; }
    var row = make('div', { 'class': 'number' }, range ? [step(-1), field, step(1)] : [field]);
    if (q.sign) row.insertBefore(make('span', { 'class': 'sign', text: q.sign }), range ? row.lastChild : null);
    box.appendChild(row);
    if (range) {
      box.appendChild(range);
      box.appendChild(make('div', { 'class': 'ends' }, [make('span', { text: q.low + ' ' + q.sign }), make('span', { text: q.high + ' ' + q.sign })]));
    }
    return plain;
  }
  function points(q, box, changed) {
    var fields = q.options.map(function (use, i) { return make('input', { type: 'text', inputmode: 'numeric', autocomplete: 'off', value: sent ? sent.value[i] : 0, 'aria-label': use + ', points' }); }),
      left = make('p', { 'class': 'left', role: 'status', 'aria-live': 'polite' });
    function all() { return fields.map(function (each) { return /^\d{1,3}$/.test(each.value.trim()) ? Number(each.value) : NaN; }); }
    function rest() { return 100 - all().reduce(function (sum, each) { return sum + each; }, 0); }
    function show() { var r = rest(); left.textContent = isNaN(r) ? 'Whole points only.' : r < 0 ? -r + ' too many.' : r + ' of 100 points left.'; changed(); }
    function step(field, use, by) {
      return make('button', { type: 'button', text: by < 0 ? '\u22125' : '+5', 'aria-label': (by < 0 ? 'less for ' : 'more for ') + use, onclick: function () { field.value = Math.min(100, Math.max(0, (Number(field.value) || 0) + by)); show(); } });
    }
    q.options.forEach(function (use, i) {
      var field = fields[i];
      field.oninput = show;
      box.appendChild(make('div', { 'class': 'use' }, [make('span', { text: use }), make('div', { 'class': 'number' }, [
        step(field, use, -5), field, step(field, use, 5),
        make('button', { type: 'button', 'class': 'rest', text: 'all left', 'aria-label': 'all points left for ' + use, onclick: function () { var r = rest(); if (!isNaN(r)) { field.value = Math.max(0, Number(field.value) + r); show(); } } })])]));
    });
    box.appendChild(left);
    show();
    return function () { return rest() === 0 ? all() : null; };
  }
  function choice(q, box, changed) {
    var picked = sent ? sent.value : null;
    q.options.forEach(function (option, i) {
      var mark = make('input', { type: 'radio', name: 'choice', onchange: function () { picked = i; changed(); } });
      if (picked === i) mark.checked = true;
      box.appendChild(make('label', { 'class': 'option' }, [mark, make('span', { text: option })]));
    });
    return function () { return picked; };
  }

  // ---- sending: again and again until the room has it or refuses it ----
  function give(answer) {
    var first = !waiting;
    waiting = answer;
    say('told', 'Sending …');
    if (first) push();
  }
  function push() {
    var answer = waiting;
    ask('POST', '/answer', answer, function (status, reply) {
      if (answer !== waiting) { push(); return; }
      if (!status || status >= 500) { say('told', 'Not sent yet. It is tried again by itself.', 'bad'); setTimeout(push, 1500); return; }
      waiting = null;
      if (status === 200) {
        sent = { n: answer.number, value: reply.value };
        if (state.q && state.q.n === answer.number) told(state.q);
        var button = document.querySelector('.send');
        if (button) button.textContent = 'Change my answer';
      } else say('told', reply && reply.told || 'That did not work. Load the page again.', 'bad');
    });
  }
  join();
})();
