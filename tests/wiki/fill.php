<?php
// Writes the test wiki's pages, media and changelog: fill.php DATADIR
//
// Everything follows from this file: no clock, no random numbers. Files are written where DokuWiki looks for
// them instead of through its API, which would stamp them with the time of the run.

const BEGAN = 1736899200;   // 2025-01-15T00:00:00Z; page n was last changed n hours later

[, $data] = $argv;
foreach (['pages', 'media', 'meta', 'media_meta', 'attic', 'media_attic', 'cache', 'index', 'locks', 'log', 'tmp'] as $dir) {
    if (!is_dir("$data/$dir")) mkdir("$data/$dir", 0755, true);
}
file_put_contents("$data/meta/_htcookiesalt", str_repeat('testwiki', 8));   // else random, and with it the token in each image's address
file_put_contents("$data/meta/_htcookiesalt2", str_repeat('testwiki', 8));

/** As inc/pageutils.php, utf8_encodeFN: the names of files are URL-encoded. */
function fileOf(string $id): string
{
    $path = strtr($id, ':', '/');
    return preg_match('#^[\w/.\-]+$#', $path) ? $path : str_replace('%2F', '/', urlencode($path));
}

function write(string $path, string $bytes, int $time): void
{
    if (!is_dir(dirname($path))) mkdir(dirname($path), 0755, true);
    file_put_contents($path, $bytes);
    touch($path, $time);
}

// ---- media -----------------------------------------------------------------------------------------------------

function png(int $width, int $height, int $tint): string
{
    $rows = '';
    for ($y = 0; $y < $height; $y++) {
        $rows .= "\0";
        for ($x = 0; $x < $width; $x++) {
            $rows .= chr(intdiv($x * 255, $width)) . chr(intdiv($y * 255, $height)) . chr(($x ^ $y) + $tint & 255);
        }
    }
    $chunk = fn(string $type, string $body) => pack('N', strlen($body)) . $type . $body . pack('N', crc32($type . $body));
    return "\x89PNG\r\n\x1a\n" . $chunk('IHDR', pack('NNC5', $width, $height, 8, 2, 0, 0, 0)) . $chunk('IDAT', gzcompress($rows, 6)) . $chunk('IEND', '');
}

$media = [
    'logo.png' => png(96, 96, 0),
    'bilder:übersicht.png' => png(320, 200, 40),
    'bilder:küche:größe_xl.png' => png(400, 300, 90),
    'bilder:写真.png' => png(240, 240, 160),
    'bilder:photo.jpg' => file_get_contents(__DIR__ . '/photo.jpg'),
    'dateien:preise_2025.csv' => "Name;Preis\nGröße M;12,50\nGröße L;14,00\n",
];
$n = 0;
foreach ($media as $id => $bytes) {
    $time = BEGAN - 86400 + 600 * $n++;
    write("$data/media/" . fileOf($id), $bytes, $time);
    write("$data/media_meta/" . fileOf($id) . '.changes', "$time\t127.0.0.1\tC\t$id\t\tcreated\t\t" . strlen($bytes) . "\n", $time);
    file_put_contents("$data/meta/_media.changes", "$time\t127.0.0.1\tC\t$id\t\tcreated\t\t" . strlen($bytes) . "\n", FILE_APPEND);
}

// ---- pages -----------------------------------------------------------------------------------------------------

$tree = [
    '' => ['kontakt', 'impressum', 'über_uns', 'häufige_fragen', 'preise'],
    'agentur' => ['team', 'geschichte', 'büros'],
    'agentur:büros' => ['berlin', 'münchen', 'zürich', 'são_paulo', 'warszawa'],
    'models' => ['bewerbung', 'erste_schritte'],
    'models:frauen' => ['anna_müller', 'zoë_brontë', 'marija_иванова', '李娜', 'ida_sørensen', 'clara'],
    'models:männer' => ['jürgen_groß', 'ólafur', 'françois', '田中_太郎', 'paul'],
    'news' => ['archiv'],
    'news:2024' => ['dezember', 'november', 'oktober'],
    'news:2025' => ['januar', 'februar', 'märz', 'april'],
    'hilfe' => ['anmelden', 'bilder_hochladen', 'suche'],
    'hilfe:technik' => ['formate', 'schnittstelle', 'grenzen'],
    'hilfe:technik:api' => ['v1', 'v2', 'fehler-codes', 'a.b.c'],
    'größe' => ['tabelle', 'umrechnung'],
    '日本語' => ['概要', '連絡先'],
];
$ids = [];
foreach ($tree as $space => $names) {
    foreach (array_merge(['start'], $names) as $name) $ids[] = ltrim("$space:$name", ':');
}

function title(string $id): string
{
    $parts = explode(':', $id);
    $name = array_pop($parts);
    if ($name === 'start') $name = $parts ? end($parts) : 'Test wiki';
    return ucwords(strtr($name, '_', ' '));
}

$words = explode(' ', 'the agency shows every model on a page of its own and visitors find Größe Maße Büro Straße naïve café '
    . 'photographs portfolio booking request answer week morning light studio Köln Zürich Kraków 東京 contract travel calendar '
    . 'portrait colour hair eyes height shoes jacket available returns confirmed editorial campaign runway season archive');
$state = 1;
$next = function (int $below) use (&$state): int {
    $state = ($state * 1103515245 + 12345) & 0x7fffffff;
    return intdiv($state, 65536) % $below;
};
$sentence = function () use ($next, $words): string {
    $some = [];
    for ($i = 8 + $next(9); $i > 0; $i--) $some[] = $words[$next(count($words))];
    if ($next(4) === 0) $some[2] = '**' . $some[2] . '**';
    if ($next(6) === 0) $some[4] = '//' . $some[4] . '//';
    return ucfirst(implode(' ', $some)) . '.';
};
$paragraph = function () use ($next, $sentence): string {
    $some = [];
    for ($i = 3 + $next(3); $i > 0; $i--) $some[] = $sentence();
    return implode(' ', $some);
};

$images = array_filter(array_keys($media), fn($id) => !str_ends_with($id, '.csv'));
$page = function (int $n, string $id) use ($ids, $tree, $images, $next, $paragraph, $sentence): string {
    $link = fn(string $to) => "[[:$to|" . title($to) . ']]';
    $space = str_contains($id, ':') ? substr($id, 0, strrpos($id, ':')) : '';
    $image = $images[$n % count($images)];
    $text = '====== ' . title($id) . " ======\n\n" . $paragraph() . "\n\n";
    $text .= "{{ :$image?200|" . title($image) . " }}\n\n" . $paragraph() . "\n\n";

    if (str_ends_with(":$id", ':start')) {
        $text .= "===== Inhalt =====\n\n";
        foreach ($tree[$space] as $name) $text .= '  * ' . $link(ltrim("$space:$name", ':')) . ' – ' . $sentence() . "\n";
        foreach (array_keys($tree) as $other) {
            $parent = str_contains($other, ':') ? substr($other, 0, strrpos($other, ':')) : '';
            if ($other !== '' && $parent === $space) $text .= '  * ' . $link("$other:start") . "\n";
        }
        $text .= "\n";
    }

    $text .= "===== Maße und Preise =====\n\n^ Größe ^ Preis ^ Seite ^\n";
    for ($i = 1; $i <= 6; $i++) $text .= "| {$i}0 cm | " . (5 + $next(90)) . ',50 € | ' . $link($ids[($n * 7 + $i * 11) % count($ids)]) . " |\n";

    $text .= "\n===== Bilder =====\n\n" . $paragraph() . "\n\n";
    foreach ([60, 120] as $width) $text .= "{{:$image?$width|Breite $width}} ";
    $text .= "{{:{$images[($n + 1) % count($images)]}?100x60}} {{:logo.png?nolink}} {{:logo.png?linkonly|das Logo}}\n\n";

    $text .= "===== Beispiel =====\n\n" . $paragraph() . " ((" . $sentence() . "))\n\n"
        . "<code php beispiel-$n.php>\n<?php\n// Seite $n: äöü ß & < >\nfunction größe(int \$cm): string { return \"\$cm cm\"; }\necho größe($n);\n</code>\n\n";
    $text .= "==== Weiter ====\n\n" . $paragraph() . "\n\n"
        . '  - vorige: ' . $link($ids[($n + count($ids) - 1) % count($ids)]) . "\n"
        . '  - nächste: ' . $link($ids[($n + 1) % count($ids)]) . "\n"
        . "  - nach außen: [[https://www.example.org/wiki?page=$n&lang=de|example.org]]\n"
        . "  - Datei: {{:dateien:preise_2025.csv|Preise}}\n"
        . "  - mit Leerzeichen: [[:models:männer:Jürgen Groß#Maße und Preise]]\n";
    if ($n % 9 === 0) $text .= "  - fehlt: [[:archiv:gibt_es_nicht_$n|eine Seite, die es nicht gibt]]\n";
    return $text . "\n----\n\n" . $paragraph() . "\n";
};

$put = function (string $id, string $text, int $time) use ($data): void {
    write("$data/pages/" . fileOf($id) . '.txt', $text, $time);
    $change = "$time\t127.0.0.1\tC\t$id\t\tcreated\t\t" . strlen($text) . "\n";
    write("$data/meta/" . fileOf($id) . '.changes', $change, $time);
    file_put_contents("$data/meta/_dokuwiki.changes", $change, FILE_APPEND);
    write("$data/attic/" . fileOf($id) . ".$time.txt.gz", gzencode($text), $time);
};
foreach ($ids as $n => $id) $put($id, $page($n, $id), BEGAN + 3600 * $n);

$sidebar = "{{:logo.png?48|Logo}}\n\n";
foreach (array_keys($tree) as $space) $sidebar .= '  * [[:' . ltrim("$space:start", ':') . '|' . title(ltrim("$space:start", ':')) . "]]\n";
$put('sidebar', $sidebar, BEGAN + 3600 * count($ids));

fwrite(STDERR, 'wiki: ' . (count($ids) + 1) . ' pages, ' . count($media) . " media files\n");
