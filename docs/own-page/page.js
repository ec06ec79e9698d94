const search = document.querySelector("dotlight-search");
const chosen = document.querySelector("#chosen");

search.addEventListener("dotlight-select", (event) => {
  // Without this, the photo's link is followed.
  event.preventDefault();
  chosen.textContent = `${event.detail.place + 1}: ${event.detail.photo.id}`;
});
search.addEventListener("dotlight-error", ({ detail }) => console.warn(detail.code, detail.message));
