document.documentElement.classList.add("ours");
