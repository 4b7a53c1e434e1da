using System.Reflection;
using Shouldly;
using Xunit;

namespace Hansa.Architecture.Tests;

/// <summary>The arrows of the house point down only.</summary>
public sealed class DependencyTests
{
    // What each assembly may reference of our own; nothing else of ours.
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Hansa.Model"] = [],
        ["Hansa.AlwaysOn"] = ["Hansa.Model"],
        ["Hansa.Storage"] = ["Hansa.Model"],
        ["Hansa.Storage.Sqlite"] = ["Hansa.Storage", "Hansa.Model"],
        ["Hansa.Runtime"] = ["Hansa.Storage", "Hansa.Model"],
        ["Hansa.Federation"] = ["Hansa.Runtime", "Hansa.Storage", "Hansa.AlwaysOn", "Hansa.Model"],
        ["Hansa.Web"] = ["Hansa.Runtime", "Hansa.Model"],
        ["hansa"] = ["Hansa.Web", "Hansa.Federation", "Hansa.Storage.Sqlite", "Hansa.Storage", "Hansa.Runtime", "Hansa.AlwaysOn", "Hansa.Model"],
    };

    // Packages by the one assembly that may see them.
    private static readonly Dictionary<string, string> Packages = new(StringComparer.Ordinal)
    {
        ["Jurassic"] = "Hansa.Runtime",
        ["Microsoft.Data.Sqlite"] = "Hansa.Storage.Sqlite",
        ["SQLitePCLRaw.core"] = "Hansa.Storage.Sqlite",
        ["Spectre.Console"] = "hansa",
        ["System.CommandLine"] = "hansa",
    };

    public static TheoryData<string> Assemblies => [.. Allowed.Keys];

    [Theory, MemberData(nameof(Assemblies))]
    public void An_assembly_references_only_what_stands_below_it(string name)
    {
        var references = Assembly.Load(name).GetReferencedAssemblies().Select(reference => reference.Name!).Where(reference => Allowed.ContainsKey(reference));
        references.Except(Allowed[name]).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Assemblies))]
    public void A_package_is_seen_by_one_assembly_only(string name)
    {
        var references = Assembly.Load(name).GetReferencedAssemblies().Select(reference => reference.Name!);
        references.Where(reference => Packages.TryGetValue(reference, out var owner) && owner != name).ShouldBeEmpty();
    }

    [Fact]
    public void The_model_and_the_wire_need_nothing_but_the_base_library()
    {
        foreach (var name in new[] { "Hansa.Model", "Hansa.AlwaysOn", "Hansa.Storage" })
        {
            Assembly.Load(name).GetReferencedAssemblies().Select(reference => reference.Name!)
                .Where(reference => !reference.StartsWith("System", StringComparison.Ordinal) && !Allowed.ContainsKey(reference)).ShouldBeEmpty(name);
        }
    }

    [Fact]
    public void Every_source_project_is_part_of_the_rules()
    {
        var source = FindUp("src");
        Directory.GetDirectories(source).Select(folder => Path.GetFileName(folder)!).Select(name => name == "Hansa.Server" ? "hansa" : name)
            .ShouldBe(Allowed.Keys, ignoreOrder: true);
    }

    [Fact]
    public void Folders_are_named_after_what_they_hold()
    {
        string[] empty = ["Utils", "Helpers", "Common", "Managers", "Misc", "Shared"];
        Directory.GetDirectories(FindUp("src"), "*", SearchOption.AllDirectories).Select(folder => Path.GetFileName(folder)!)
            .Intersect(empty).ShouldBeEmpty();
    }

    private static string FindUp(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Hansa.slnx")))
                return Path.Combine(folder.FullName, name);
        }

        throw new DirectoryNotFoundException("Hansa.slnx is in no folder above the tests.");
    }
}
