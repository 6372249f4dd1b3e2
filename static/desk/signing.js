/* Says on the page why a key did not sign in; without it the browser's console alone would know. */
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const words = document.getElementById("key-failed");
  if (!words) return;
  words.hidden = false;
  words.scrollIntoView({ block: "nearest" });
});
