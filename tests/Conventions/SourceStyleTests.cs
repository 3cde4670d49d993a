using System.Text.RegularExpressions;

namespace CacheOrleans.Conventions;

/// <summary>The style of every source file.</summary>
public sealed partial class SourceStyleTests
{
    [Fact]
    public void Files_AreShort() => Repository.AssertNone(
        "A file has at most 300 lines, a test file 400.",
        from file in Repository.Sources
        let limit = file.IsTest ? 400 : 300
        where file.Lines.Length > limit
        select $"{file.Path}:{file.Lines.Length}: {file.Lines.Length} lines, the limit is {limit}");

    [Fact]
    public void Lines_AreShort() => Repository.AssertNone(
        "A line has at most 120 characters.",
        from file in Repository.Sources
        from line in file.Numbered
        where line.Text.Length > 120
        select $"{line.Where}: {line.Text.Length} characters");

    [Fact]
    public void Methods_AreShort() => Repository.AssertNone(
        "A method of src has at most 40 lines.",
        Repository.Sources.Where(file => !file.IsTest && file.Path.StartsWith("src/", StringComparison.Ordinal))
            .SelectMany(LongBodies));

    [Fact]
    public void Namespaces_AreFileScoped() => Banned(
        "Namespaces are file-scoped.", BlockNamespace(), _ => true);

    [Fact]
    public void Regions_AreNotUsed() => Banned("There are no regions.", Region(), _ => true);

    [Fact]
    public void ConfigureAwait_IsNotUsedInGrainCode() => Banned(
        "ConfigureAwait(false) leaves the grain's scheduler; only the libraries around the grains use it.",
        LeavesScheduler(),
        file => !Libraries().IsMatch(file.Path));

    [Fact]
    public void Tests_DoNotSleep() => Banned(
        "Tests wait for a condition (Eventually), not for time to pass.",
        Sleep(),
        file => file.IsTest
            && !file.Path.StartsWith("tests/Simulation/", StringComparison.Ordinal) // time is virtual there
            && file.Path is not ("tests/Testing/Eventually.cs" or "tests/Testing/Latency.cs"));

    [Fact]
    public void Names_SayWhatThingsAre() => Repository.AssertNone(
        "No folder or type is called Helper, Utils, Common, Manager or Base.",
        (from file in Repository.Sources
         where file.Path.Split('/').SkipLast(1).Any(folder => EmptyName().IsMatch(folder))
         select file.Path)
        .Concat(
            from file in Repository.Sources
            from line in file.Numbered
            let type = AnyType().Match(line.Text)
            where type.Success && EmptyName().IsMatch(type.Groups["name"].Value)
            select $"{line.Where}: {type.Groups["name"].Value}"));

    [Fact]
    public void Files_HoldOneTypeWithBehavior() => Repository.AssertNone(
        "A file is called as one of its types, or XMessages; it may also hold the records and enums that belong to it.",
        Repository.Sources.Where(file => file.Name != "Program").SelectMany(ExtraTypes));

    [Fact]
    public void Folders_HoldMoreThanOneFile() => Repository.AssertNone(
        "A folder of src below its project has two files or more.",
        from file in Repository.Sources
        where file.Path.StartsWith("src/", StringComparison.Ordinal)
        group file by Path.GetDirectoryName(file.Path)! into folder
        where folder.Key.Count(letter => letter is '/' or '\\') > 1 && folder.Count() == 1
        where !Repository.Sources.Any(file => file.Path.StartsWith($"{folder.Key}/", StringComparison.Ordinal)
            && Path.GetDirectoryName(file.Path) != folder.Key)
        select folder.Single().Path);

    [Fact]
    public void TestFolders_MirrorTheTestedProject() => Repository.AssertNone(
        "The folders of a test project mirror those of the project it tests.",
        from test in Repository.Sources
        let parts = test.Path.Split('/')
        where test.IsTest && parts[1].EndsWith(".Tests", StringComparison.Ordinal)
        where test.Name.EndsWith("Tests", StringComparison.Ordinal)
        let project = $"src/{parts[1][..^".Tests".Length]}/"
        let tested = Repository.Sources.FirstOrDefault(source =>
            source.Path.StartsWith(project, StringComparison.Ordinal) && source.Name + "Tests" == test.Name)
        where tested is not null
        let folder = Path.GetDirectoryName(tested.Path[project.Length..])
        where folder != Path.GetDirectoryName(string.Join('/', parts[2..]))
        select $"{test.Path}: {tested.Path} lies in '{folder}'");

    private static void Banned(string rule, Regex pattern, Func<SourceFile, bool> where) => Repository.AssertNone(
        rule,
        from file in Repository.Sources
        where @where(file)
        from line in file.Numbered
        where pattern.IsMatch(line.Text)
        select $"{line.Where}: {line.Text.Trim()}");

    /// <summary>Finds the members of top-level types, which the formatter indents by four, with long bodies.</summary>
    private static IEnumerable<string> LongBodies(SourceFile file)
    {
        var start = 0;
        for (var line = 1; line < file.Lines.Length; line++)
        {
            if (file.Lines[line] == "    {")
            {
                start = line;
            }
            else if (file.Lines[line].StartsWith("    }", StringComparison.Ordinal) && line - start - 1 > 40
                && start > 0 && !AnyType().IsMatch(file.Lines[start - 1]))
            {
                yield return $"{file.Path}:{start}: {line - start - 1} lines";
            }
        }
    }

    private static IEnumerable<string> ExtraTypes(SourceFile file)
    {
        var types = file.Lines
            .Select((line, index) => (Type: TopLevelType().Match(line), Index: index))
            .Where(found => found.Type.Success)
            .ToList();
        var isConversation = file.Name.EndsWith("Messages", StringComparison.Ordinal);
        if (types.Count > 0 && !isConversation && types.All(found => Name(found.Type) != file.Name))
        {
            yield return $"{file.Path}:{types[0].Index + 1}: the file holds {Name(types[0].Type)}";
        }

        foreach (var (type, index) in types.Where(found => Name(found.Type) != file.Name))
        {
            if ((isConversation || types.Count > 1) && !IsData().IsMatch(type.Value))
            {
                yield return $"{file.Path}:{index + 1}: {Name(type)} needs a file of its own";
            }
        }

        static string Name(Match type) => type.Groups["name"].Value;
    }

    [GeneratedRegex(@"\b(record|enum)\b")]
    private static partial Regex IsData();

    [GeneratedRegex(@"^namespace [\w.]+\s*(\{|$)")]
    private static partial Regex BlockNamespace();

    [GeneratedRegex(@"^\s*#region\b")]
    private static partial Regex Region();

    [GeneratedRegex(@"\.ConfigureAwait\(false\)")]
    private static partial Regex LeavesScheduler();

    [GeneratedRegex("^src/(Core|Abstractions|Client|Redis|Sql|Slack)/")]
    private static partial Regex Libraries();

    // An infinite delay waits for a cancellation and is not a sleep.
    [GeneratedRegex(@"\bThread\.Sleep\(|\bTask\.Delay\((?!Timeout\.)|\bSpinWait\b")]
    private static partial Regex Sleep();

    [GeneratedRegex("(Helpers?|Utils?|Utilities|Manager|Base)$|^(Common|Misc|Shared)$")]
    private static partial Regex EmptyName();

    [GeneratedRegex(TypePattern)]
    private static partial Regex AnyType();

    [GeneratedRegex("^" + TypePattern)]
    private static partial Regex TopLevelType();

    private const string TypePattern =
        @"\b((public|internal|private|protected|file|static|sealed|abstract|readonly|ref|partial|unsafe) )*"
        + @"(class|interface|enum|struct|record( class| struct)?) (?<name>[A-Z]\w*)";
}
