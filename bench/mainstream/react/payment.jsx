import {Box, Button, Card, CardContent, FormControl, FormControlLabel, FormLabel, Grid, Radio, RadioGroup, Stack, Table, TableBody, TableCell, TableRow, Typography} from "@mui/material";
import {useState} from "react";
import {show, State} from "./frame";
import {Steps} from "./steps";

function Methods({said}) {
  const [chosen, choose] = useState(said.methods[0].name);
  return (
    <FormControl component="fieldset">
      <FormLabel component="legend">{said.ask}</FormLabel>
      <RadioGroup name="method" value={chosen} onChange={(event) => choose(event.target.value)}>
        {said.methods.map(({name, help}) => (
          <FormControlLabel key={name} value={name} control={<Radio/>} label={
            <>
              <Typography component="strong" sx={{fontWeight: 500}}>{name}</Typography>
              {help.map((line) => <Typography key={line} variant="body2" color="textSecondary">{line}</Typography>)}
            </>
          }/>
        ))}
      </RadioGroup>
    </FormControl>
  );
}

function Order({said}) {
  return (
    <Card component="aside" variant="outlined" aria-labelledby="order">
      <CardContent>
        <Typography variant="subtitle2" component="h2" id="order">{said.order}</Typography>
        <Table size="small">
          <TableBody>
            {said.lines.map(([what, amount]) => (
              <TableRow key={what}>
                <TableCell component="th" scope="row">{what}</TableCell><TableCell align="right">{amount}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
        <Stack direction="row" sx={{justifyContent: "space-between", my: 2}}>
          <span>{said.due[0]}</span><Typography variant="h6" component="strong">{said.due[1]}</Typography>
        </Stack>
        <Typography variant="body2" gutterBottom>{said.then}. {said.renews}</Typography>
        <State>{said.commitment}</State>
      </CardContent>
    </Card>
  );
}

function Payment({said}) {
  return (
    <>
      <Steps said={said}/>
      <Grid container spacing={4}>
        <Grid size={{xs: 12, md: 8}}>
          <Card component="form" method="post" variant="outlined">
            <CardContent><Methods said={said}/></CardContent>
            <CardContent>
              <Box sx={{display: {md: "none"}}}>
                {said.due[0]} <strong>{said.due[1]}</strong> <small>{said.then}</small>
              </Box>
              <Button variant="contained" size="large" type="submit" fullWidth>{said.pay}</Button>
              <Typography variant="body2" align="center">{said.secure}</Typography>
            </CardContent>
          </Card>
        </Grid>
        <Grid size={{xs: 12, md: 4}}><Order said={said}/></Grid>
      </Grid>
    </>
  );
}

show(Payment);
