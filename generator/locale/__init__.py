"""Where Babel lives: how money, dates, numbers, plurals, countries and languages are said in a language."""
