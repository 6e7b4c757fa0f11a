# SPDX-License-Identifier: GPL-3.0-or-later
#
# Files of sweeps as the format has them, written here.

path = made("sweep.h5")
h5open(path, "w") do file
    for (name, value) in (
        "filetype" => "isssim/sweep", "format_version" => Int32[1, 0],
        "complete" => Int32(1), "title" => "Two leads", "epoch" => "2022-12-01T00:00:00Z", "seed" => UInt64(7),
    )
        write_attribute(file, name, value)
    end
    tables = (
        "design" => ("point" => [0, 1], "policy.call_up_lead" => [40.0, 60.0]),
        "factors" => ("path" => ["policy.call_up_lead"], "units" => ["d"]),
        "points" => ("point" => [0, 0, 1, 1], "crew_mean" => [7.0, 7.5, NaN, 8.0]),
    )
    for (table, columns) in tables
        group = create_group(file, table)
        for (name, values) in columns
            write(group, name, values)
        end
    end
end

ISSSim.open(path) do sweep
    @test sweep isa ISSSim.Sweep
    @test sweep.design[Symbol("policy.call_up_lead")] == [40.0, 60.0]
    @test sweep.factors.path == ["policy.call_up_lead"]
    @test isequal(sweep.points.crew_mean, [7.0, 7.5, NaN, 8.0])
    @test (sweep.title, sweep.seed) == ("Two leads", 7)
    @test_throws ISSSim.NoSuchName sweep.sensitivity
    @test occursin("3 tables", string(sweep))
end
