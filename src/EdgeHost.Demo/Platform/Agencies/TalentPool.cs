namespace EdgeHost.Demo.Platform.Agencies;

/// <summary>Makes an agency's talents out of its profile. The same profile gives the same talents, always.</summary>
internal static class TalentPool
{
    private const int LatestYear = 2026;

    public static IReadOnlyList<Talent> For(AgencyProfile profile)
    {
        var random = new Random(profile.Seed);
        var lastNames = profile.LastNames.ToArray();
        random.Shuffle(lastNames);

        return [.. profile.FirstNames
            .Zip(lastNames, (first, last) => Make(profile, random, first, last))
            .OrderBy(talent => talent.Slug, StringComparer.Ordinal)];
    }

    private static Talent Make(AgencyProfile profile, Random random, string first, string last)
    {
        var category = Pick(random, profile.Categories);
        var city = Pick(random, profile.Cities);
        var works = PickSome(random, profile.Works, 7);

        string Tell(string sentence, string work) => sentence
            .Replace("{first}", first, StringComparison.Ordinal)
            .Replace("{city}", city, StringComparison.Ordinal)
            .Replace("{venue}", Pick(random, profile.Venues), StringComparison.Ordinal)
            .Replace("{work}", work, StringComparison.Ordinal);

        var middles = PickSome(random, profile.Middles, 2);

        return new Talent
        {
            Slug = Slug.From($"{first} {last}"),
            FirstName = first,
            LastName = last,
            Category = category,
            City = city,
            HeightCentimetres = random.Next(158, 193),
            Since = random.Next(2011, LatestYear),
            Skills = PickSome(random, category.Skills, 4),
            Biography =
            [
                $"{Tell(Pick(random, profile.Openings), works[0])} {Tell(middles[0], works[1])}",
                $"{Tell(middles[1], works[2])} {Tell(Pick(random, profile.Closings), works[0])}",
            ],
            Credits = [.. works
                .Select(work => new Credit(random.Next(2014, LatestYear + 1), work, Pick(random, category.Parts), Pick(random, profile.Venues)))
                .OrderByDescending(credit => credit.Year)],
            PortraitSeed = random.Next(),
        };
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];

    private static T[] PickSome<T>(Random random, IReadOnlyList<T> from, int count)
    {
        var shuffled = from.ToArray();
        random.Shuffle(shuffled);
        return shuffled[..Math.Min(count, shuffled.Length)];
    }
}
