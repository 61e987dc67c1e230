import {Button, Card, CardActions, CardContent, Link, List, ListItem, Stack, Typography} from "@mui/material";
import {Price, show, State, unseen} from "./frame";

function Portal({said}) {
  const {invoice} = said;
  return (
    <>
      <Typography variant="h4" component="h1" gutterBottom>{said.title}</Typography>
      <Card component="article" variant="outlined">
        <CardContent>
          <Stack direction="row" sx={{justifyContent: "space-between"}}>
            <Typography variant="h5" component="h2">{said.plan}</Typography>
            <State color="success">{said.state}</State>
          </Stack>
          <Price amount={said.amount} per={said.per}/>
          <ul>{said.facts.map((fact) => <li key={fact}>{fact}</li>)}</ul>
        </CardContent>
        <CardActions>
          {said.actions.map((action, index) => (
            <Button key={action} href={`/start/${index}`} variant={index ? "text" : "outlined"}>
              {action}<span style={unseen}> {said.plan}</span>
            </Button>
          ))}
        </CardActions>
      </Card>
      <Typography variant="h5" component="h2" sx={{mt: 4, mb: 2}}>{said.invoices}</Typography>
      <Card variant="outlined">
        <List>
          <ListItem>
            <Stack direction="row" spacing={3} sx={{alignItems: "center", justifyContent: "space-between", width: 1}}>
              <div>
                <Link href="/invoice"><span style={unseen}>{invoice.kind} </span>{invoice.number}</Link>
                <Typography variant="body2" color="textSecondary">{invoice.due}</Typography>
              </div>
              <State color="warning">{invoice.state}</State>
              <strong>{invoice.amount}</strong>
            </Stack>
          </ListItem>
        </List>
      </Card>
      <Button variant="outlined" href="/start/choose_plan" sx={{mt: 3}}>{said.add}</Button>
    </>
  );
}

show(Portal);
