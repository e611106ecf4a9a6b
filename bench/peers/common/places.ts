// GET /places: SafarGo's own statement without words and cursors, since folding and signing are SafarGo's own.
import { type Asked, whole, word } from "./asked.ts";
import { rating } from "./people.ts";

const types = [
  ...["beach", "waterfall", "mountain", "desert", "heritage", "museum", "food", "viewpoint", "park", "oasis"],
  ...["medina", "lake", "thermal_spring", "religious", "cave", "canyon", "island"],
];

// $1 ranking, $2 $3 near, $4 radius in metres, $5..$8 box, $9 type, $10 wilaya, $11 limit
export const placesSql = `
  select id, slug, name_fr, name_ar, name_en, type, wilaya_code, wilaya_fr, lat, lng, description_fr, unesco,
         rating_sum, rating_count, case when $2 is null then null else distance end as distance
  from (
    select located.*,
      case $1::text
        when 'rating' then -coalesce(rating_sum::float8 / nullif(rating_count, 0), 0)
        when 'popularity' then -(popularity + case when unesco then 100 else 0 end)::float8
        when 'distance' then distance
        else 0
      end as rank
    from (
      select p.*, w.name_fr as wilaya_fr, p.name_fr collate "und-x-icu" as sort_name,
        2 * 6371008.771415 * asin(sqrt(least(1, power(sin(radians(p.lat - $2::float8) / 2), 2) +
          cos(radians($2)) * cos(radians(p.lat)) * power(sin(radians(p.lng - $3::float8) / 2), 2)))) as distance
      from places p join wilayas w on w.code = p.wilaya_code
      where point(p.lat, p.lng) <@ box(point($5::float8, $6::float8), point($7::float8, $8::float8))
        and ($9::text is null or p.type = $9) and ($10::smallint is null or p.wilaya_code = $10)
    ) located
    where $4::float8 is null or distance <= $4
  ) ranked
  order by rank, sort_name, slug limit $11::bigint`;

/** Parameters of placesSql for a query by type and wilaya: everywhere, the most popular first. */
export function placesValues(asked: Asked): (string | number | null)[] {
  const everywhere = [null, null, null, -90, -180, 90, 180];
  return ["popularity", ...everywhere, word(asked, "type", types) ?? null, whole(asked, "wilaya", 1, 99) ?? null, 20];
}

type Words = Record<"id" | "slug" | "name_fr" | "name_ar" | "name_en" | "type" | "wilaya_fr" | "description_fr", string>;
type Numbers = Record<"wilaya_code" | "lat" | "lng" | "rating_count", number>;
export type PlaceRow = Words & Numbers & { unesco: boolean; rating_sum: number | bigint; distance: number | null };

function placeView(row: PlaceRow) {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name_fr,
    names: { fr: row.name_fr, ar: row.name_ar, en: row.name_en },
    type: row.type,
    wilaya: { code: row.wilaya_code, name: row.wilaya_fr },
    lat: row.lat,
    lng: row.lng,
    description: row.description_fr,
    unesco: row.unesco,
    rating: rating(row.rating_sum, row.rating_count),
    reviews: row.rating_count,
    photos: [],
    distance_m: row.distance === null ? null : Math.round(row.distance),
  };
}

export function placesPage(rows: PlaceRow[]) {
  return { items: rows.map(placeView) };
}
