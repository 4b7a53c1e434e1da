using System.Text.RegularExpressions;
using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Catalogue;

/// <summary>The services that every Thing has elsewhere, as documented (spec thing-services): each is here by the same name, parameters and types.</summary>
public sealed partial class ThingServicesTests : IAsyncLifetime
{
    // Kinds of one family are tested by one test that goes through all of them, with names that it puts together.
    private static readonly (string Pattern, string Test)[] Families =
    [
        ("^Add.+ValueStreamEntry$", @"Add\{\w+\}ValueStreamEntry"), ("^Query.+PropertyHistory$", @"Query\{\w+\}PropertyHistory"),
        ("^Get.+PropertyValue$", @"Get\{\w+\}PropertyValue"), ("^Get.+AlertParameter$", @"Get\{\w+\}AlertParameter"), ("^Set.+AlertParameter$", @"Set\{\w+\}AlertParameter"),
    ];

    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync() => _platform = await TestPlatform.StartAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    public static IEnumerable<(string Name, string Parameters, string Result)> Documented()
    {
        using var reader = new StreamReader(typeof(ThingServicesTests).Assembly.GetManifestResourceStream("thing-services.txt")!);
        while (reader.ReadLine() is { } line)
        {
            var match = Line().Match(line);
            yield return (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value);
        }
    }

    [Fact]
    public void Each_documented_service_is_here_with_exactly_its_parameters_and_types()
    {
        var shape = _platform.Get<Runtime.Catalogue>().TemplateShape("GenericThing");
        var gaps = new List<string>();
        foreach (var (name, parameters, result) in Documented())
        {
            if (shape.FindService(name)?.Definition is not { } service)
            {
                gaps.Add($"{name} is missing");
                continue;
            }

            var have = string.Join(", ", service.Parameters.Select(parameter => $"{parameter.Name} {parameter.BaseType.Name()}").Order(StringComparer.Ordinal));
            var wanted = string.Join(", ", parameters.Split(", ", StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
            if (have != wanted)
                gaps.Add($"{name} takes ({have}) instead of ({wanted})");
            if (service.Result.BaseType.Name() != result)
                gaps.Add($"{name} gives {service.Result.BaseType.Name()} instead of {result}");
        }

        gaps.ShouldBeEmpty();
        Documented().Count().ShouldBe(233);
    }

    [Fact]
    public void Each_documented_service_has_a_test_or_a_line_in_the_compatibility_page()
    {
        var root = RepositoryRoot();
        var tests = string.Concat(Directory.EnumerateFiles(Path.Combine(root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.EndsWith(nameof(ThingServicesTests) + ".cs", StringComparison.Ordinal)).Select(File.ReadAllText));
        var page = File.ReadAllText(Path.Combine(root, "docs", "compatibility.md"));
        var (tested, told, gaps) = (0, 0, new List<string>());
        foreach (var (name, _, _) in Documented())
        {
            if (page.Contains($"`{name}`", StringComparison.Ordinal))
                told++;
            else if (tests.Contains($"\"{name}\"", StringComparison.Ordinal) || Families.Any(family => Regex.IsMatch(name, family.Pattern) && Regex.IsMatch(tests, family.Test)))
                tested++;
            else
                gaps.Add(name);
        }

        gaps.ShouldBeEmpty();
        (tested + told).ShouldBe(233);
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Hansa.slnx")))
            folder = Path.GetDirectoryName(folder.TrimEnd('/'))!;
        return folder;
    }

    [GeneratedRegex(@"^(\w+)\((.*)\) (\w+)$")]
    private static partial Regex Line();
}
