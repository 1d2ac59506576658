"""Links of published offers to markets: kept with the offer, judged each time they are followed, asked once a day."""
