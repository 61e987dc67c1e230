import {Accordion, AccordionDetails, AccordionSummary, Button, Card, CardActions, CardContent, Grid, Link, Stack, Table, TableBody, TableCell, TableHead, TableRow, Typography} from "@mui/material";
import {show, State, unseen} from "./frame";

function Named({said}) {
  return (
    <Grid container component="dl" spacing={2}>
      {said.map(([name, lines]) => (
        <Grid key={name} size={{xs: 12, sm: 4}}>
          <Typography component="dt" variant="body2" color="textSecondary">{name}</Typography>
          <dd>{[lines].flat().map((line) => <span key={line}>{line}<br/></span>)}</dd>
        </Grid>
      ))}
    </Grid>
  );
}

function Row({line: [what, amount], strong}) {
  const sx = strong && {fontWeight: 500};
  return (
    <TableRow>
      <TableCell component="th" scope="row" sx={sx}>{what}</TableCell><TableCell align="right" sx={sx}>{amount}</TableCell>
    </TableRow>
  );
}

function Invoice({said}) {
  return (
    <>
      <Link href="/invoices">{said.up}</Link>
      <Typography variant="h4" component="h1" gutterBottom>{said.title}</Typography>
      <Card component="article" variant="outlined">
        <CardContent>
          <Stack direction="row" spacing={2} sx={{alignItems: "center"}}>
            <Typography variant="h5" component="strong">{said.amount}</Typography><State color="warning">{said.state}</State>
          </Stack>
          <Named said={said.named}/>
          <Typography gutterBottom>{said.note}</Typography>
          <Accordion variant="outlined">
            <AccordionSummary>{said.transfer}<span style={unseen}> {said.number}</span></AccordionSummary>
            <AccordionDetails><Named said={said.account}/></AccordionDetails>
          </Accordion>
          <Table>
            <TableHead>
              <TableRow><TableCell>{said.columns[0]}</TableCell><TableCell align="right">{said.columns[1]}</TableCell></TableRow>
            </TableHead>
            <TableBody>
              {said.lines.map((line) => <Row key={line[0]} line={line}/>)}
              <Row line={said.total} strong/>
            </TableBody>
          </Table>
        </CardContent>
        <CardActions>
          <Button variant="contained" href="/pay">{said.actions[0]}<span style={unseen}> {said.number}</span></Button>
          <Button variant="outlined" href="/pdf">{said.actions[1]}</Button>
          <Button href="/subscription">{said.actions[2]}</Button>
        </CardActions>
      </Card>
    </>
  );
}

show(Invoice);
