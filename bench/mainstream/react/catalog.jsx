import {Button, Card, CardContent, Grid, Stack, Typography} from "@mui/material";
import {Price, show, State} from "./frame";
import {Steps} from "./steps";

function Plan({plan}) {
  return (
    <Card component="article" variant="outlined" sx={{height: "100%"}}>
      <CardContent>
        <Stack spacing={2}>
          <Typography variant="h6" component="h3">{plan.title}</Typography>
          <Price amount={plan.amount} per={plan.per}/>
          <Stack direction="row" spacing={1} useFlexGap sx={{flexWrap: "wrap"}}>
            {plan.badges?.map((badge) => <State key={badge}>{badge}</State>)}
          </Stack>
          <Button variant="contained" type="submit" name="plan" value={plan.title} fullWidth>{plan.choose}</Button>
          <Typography variant="body2" color="textSecondary">{plan.about}</Typography>
          <ul>
            {plan.points.map((point) => <li key={point}>{point}</li>)}
            {plan.used && (
              <li>
                <strong>{plan.used.title}</strong> {plan.used.included}
                <ul>{plan.used.tiers.map((tier) => <li key={tier}>{tier}</li>)}</ul>
              </li>
            )}
          </ul>
        </Stack>
      </CardContent>
    </Card>
  );
}

function Catalog({said}) {
  return (
    <>
      <Steps said={said}/>
      <Typography gutterBottom>{said.intro}</Typography>
      <form method="post">
        <Typography variant="h5" component="h2" gutterBottom>{said.table}</Typography>
        <Grid container spacing={2}>
          {said.plans.map((plan) => <Grid key={plan.title} size={{xs: 12, sm: 6, md: 3}}><Plan plan={plan}/></Grid>)}
        </Grid>
      </form>
    </>
  );
}

show(Catalog);
