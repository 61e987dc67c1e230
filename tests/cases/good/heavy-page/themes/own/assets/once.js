// What a page does by itself.
document.documentElement.dataset.part0 = "0";
document.documentElement.dataset.part1 = "1";
document.documentElement.dataset.part2 = "2";
