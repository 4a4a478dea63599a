// In the oldest words, for browsers that cannot read the others: shows one line in the place
// of the shop. `toSorted` came with Chrome 110, Firefox 115 and Safari 16, looking behind in a
// pattern with Safari 16.4, as did the syntax of the other scripts.
(function () {
  var isOld = !('toSorted' in [])
  try {
    new RegExp('(?<=a)b')
  } catch (_) {
    isOld = true
  }
  if (isOld) document.getElementById('too-old').hidden = false
})()
