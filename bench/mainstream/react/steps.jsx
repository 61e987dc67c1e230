import {LinearProgress, Link, Stack, Typography} from "@mui/material";

export function Steps({said}) {
  return (
    <>
      <Stack direction="row" spacing={2} sx={{alignItems: "center"}}>
        {said.back && <Link href="/back">{said.back}</Link>}
        <Typography variant="body2" color="textSecondary">{said.steps.words}</Typography>
        <LinearProgress variant="determinate" value={(100 * said.steps.at) / said.steps.of} aria-label="Progress" sx={{width: 140}}/>
      </Stack>
      <Typography variant="h4" component="h1" gutterBottom>{said.title}</Typography>
    </>
  );
}
