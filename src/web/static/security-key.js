// Security keys: the browser asks the key, and the form takes its answer along. The library stands in its own file
// (webauthn.js).

for (const part of document.querySelectorAll("[data-security-key]")) {
  const form = part.querySelector("form");
  if (part.dataset.securityKey === "get") form.querySelector("button").focus();
  const problem = part.querySelector("[data-problem]");
  part.addEventListener(
    "submit",
    async (event) => {
      if (form.elements.response.value) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      problem.textContent = "";
      try {
        const optionsJSON = JSON.parse(part.dataset.options);
        const ask =
          part.dataset.securityKey === "create"
            ? SimpleWebAuthnBrowser.startRegistration
            : SimpleWebAuthnBrowser.startAuthentication;
        form.elements.response.value = JSON.stringify(await ask({ optionsJSON }));
      } catch (error) {
        problem.textContent =
          error.code === "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED"
            ? "このキーは登録済みです。"
            : "キーの確認ができませんでした。キーを差し、暗証番号か指紋の確認を最後まで行ってください。";
        return;
      }
      form.requestSubmit();
    },
    true,
  );
}
