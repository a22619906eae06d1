using ManySites;

// ManySites store DIRECTORY SITES ENTRIES BLOBS      a store with one active snapshot of each site
// ManySites config FILE SITES HOSTS SETTING=VALUE…   the configuration of an edge for them, HOSTS hosts each
// ManySites activate DIRECTORY SITE ENTRIES          one more snapshot of one site; prints its id, and when its record was begun, in µs since 1970
switch (args)
{
    case ["store", var directory, var sites, var entries, var blobs]:
        await StoreFill.SitesAsync(directory, Number(sites), Number(entries), Number(blobs));
        return 0;
    case ["config", var file, var sites, var hosts, .. var settings]:
        await EdgeSettings.WriteAsync(file, Number(sites), Number(hosts), settings);
        return 0;
    case ["activate", var directory, var site, var entries]:
        var (snapshot, began) = await StoreFill.ActivateAsync(directory, Number(site), Number(entries));
        Console.WriteLine($"{snapshot} {began}");
        return 0;
    default:
        Console.Error.WriteLine("ManySites store|config|activate …");
        return 2;
}

static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
