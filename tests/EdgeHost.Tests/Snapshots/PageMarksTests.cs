using EdgeHost.Snapshots;

namespace EdgeHost.Tests.Snapshots;

public sealed class PageMarksTests
{
    [Theory]
    [InlineData("<title>Home | Nova Talents</title>", "home nova talents")]
    [InlineData("<TITLE>NOVA-Talents: HOME</TITLE>", "home nova talents")]
    [InlineData("<title>It is an old ad</title>", "old")]
    [InlineData("<title>Nova nova NOVA</title>", "nova")]
    [InlineData("<title>Größe &amp; Maße</title>", "größe maße")]
    [InlineData("<title>Stra&szlig;e 123</title>", "123 straße")]
    [InlineData("<title>\n  Nova\n\tTalents </title>", "nova talents")]
    [InlineData("<title>nova</title><title>second</title>", "nova")]
    [InlineData("<title>東京タレント</title>", "東京タレント")]
    [InlineData("<title></title>", "")]
    [InlineData("<p>Nova Talents</p>", "")]
    [InlineData("", "")]
    // What was read ends in the middle.
    [InlineData("<html><head><title>Nova Tal", "nova tal")]
    [InlineData("<html><head><meta charset=utf-8><title>Nova</title><sty", "nova")]
    // A comment or a script is no title.
    [InlineData("<!-- <title>old</title> --><script>'<title>script</title>'</script><title>Nova</title>", "nova")]
    public void Reads_the_words_of_the_title(string head, string words) =>
        Assert.Equal(words, string.Join(' ', PageMarks.Read(head, 1).TitleWords.Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData("<meta name=\"generator\" content=\"WordPress 6.4.2\">", "wordpress")]
    [InlineData("<META NAME='Generator' CONTENT='WORDPRESS 5'>", "wordpress")]
    [InlineData("<meta name=generator content=\"Drupal 10 (https://www.drupal.org)\">", "drupal")]
    [InlineData("<meta name=generator content=\"Wix.com Website Builder\">", "wix.com website builder")]
    [InlineData("<meta name=generator content=\"4D\">", null)]
    [InlineData("<meta name=generator content=\"\">", null)]
    [InlineData("<meta name=generator>", null)]
    [InlineData("<meta name=author content=\"WordPress\">", null)]
    [InlineData("<title>generator</title>", null)]
    public void Reads_what_it_was_made_with_and_no_version(string head, string? generator) => Assert.Equal(generator, PageMarks.Read(head, 1).Generator);

    [Theory]
    [InlineData(-1)]
    [InlineData(123_456)]
    public void Keeps_the_length_that_it_is_told(long length) => Assert.Equal(length, PageMarks.Read("<title>Nova</title>", length).Length);
}
