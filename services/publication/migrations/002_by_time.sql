-- What was published last is asked for by every feed reader; signed cases are listed by their day.
create index public_cases_updated on public_cases ((doc ->> 'updated'));
create index public_themes_updated on public_themes ((doc ->> 'updated'));
create index public_datasets_updated on public_datasets ((doc ->> 'updated'));
create index publications_signed_on on publications ((doc ->> 'signed_on')) where doc ? 'signed_on';
