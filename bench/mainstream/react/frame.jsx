import "@fontsource/roboto/latin-400.css";
import "@fontsource/roboto/latin-500.css";
import {AppBar, Box, Button, Chip, Container, CssBaseline, Link, List, ListItem, Stack, Tab, Tabs, Toolbar, Typography} from "@mui/material";
import {createTheme, ThemeProvider} from "@mui/material/styles";
import {StrictMode} from "react";
import {createRoot} from "react-dom/client";

export const unseen = {clipPath: "inset(50%)", height: 1, overflow: "hidden", position: "absolute", whiteSpace: "nowrap", width: 1};

const theme = createTheme({
  colorSchemes: {dark: true},
  palette: {primary: {main: "#2f5bd8"}},
  shape: {borderRadius: 8},
  typography: {button: {textTransform: "none"}},
});

export function Price({amount, per}) {
  return (
    <Stack direction="row" spacing={1} sx={{alignItems: "center"}}>
      <Typography variant="h5" component="strong">{amount}</Typography>
      {per && <Typography variant="body2" color="textSecondary">{per[0]}<br/>{per[1]}</Typography>}
    </Stack>
  );
}

export function State({children, color}) {
  return <Chip size="small" color={color} label={children}/>;
}

function Frame({said, section, children}) {
  return (
    <>
      <Link href="#main" sx={unseen}>{said.skip}</Link>
      <AppBar position="static" color="default" elevation={1}>
        <Toolbar sx={{justifyContent: "space-between"}}>
          <Typography variant="h6" component="span">{said.brand}</Typography>
          {section === undefined && <Link href="/leave">{said.leave}</Link>}
        </Toolbar>
        {section !== undefined && (
          <Tabs component="nav" value={section} variant="scrollable">
            {said.sections.map((name, index) => <Tab key={name} component="a" href={`/${index}`} label={name}/>)}
          </Tabs>
        )}
      </AppBar>
      <Container component="main" id="main" tabIndex={-1} sx={{my: 4}}>{children}</Container>
      <Box component="footer" sx={{borderTop: 1, borderColor: "divider", py: 3}}>
        <Container>
          <Stack direction={{xs: "column", md: "row"}} spacing={3} sx={{justifyContent: "space-between"}}>
            <Typography variant="body2">{said.seller.map((line) => <span key={line}>{line}<br/></span>)}</Typography>
            <List dense sx={{display: "flex"}}>
              {said.documents.map((name) => <ListItem key={name}><Link href={`/${name}`}>{name}</Link></ListItem>)}
            </List>
            <form method="post" action="/sign-out">
              <Typography variant="body2">{said.who}</Typography>
              <Button type="submit" size="small">{said.sign_out}</Button>
            </form>
          </Stack>
          <form method="post" action="/language">
            <Typography component="span" sx={unseen} id="languages">{said.language}</Typography>
            <Stack direction="row" spacing={2} role="list" aria-labelledby="languages" sx={{alignItems: "center"}}>
              <Typography variant="body2" role="listitem" aria-current="true">{said.here}</Typography>
              <span role="listitem"><Button type="submit" size="small" lang="fr">{said.other}</Button></span>
            </Stack>
          </form>
        </Container>
      </Box>
    </>
  );
}

export function show(Page) {
  const said = JSON.parse(document.getElementById("said").textContent);
  createRoot(document.getElementById("root")).render(
    <StrictMode>
      <ThemeProvider theme={theme}>
        <CssBaseline/>
        <Frame said={said.frame} section={said.page.section}><Page said={said.page}/></Frame>
      </ThemeProvider>
    </StrictMode>
  );
}
