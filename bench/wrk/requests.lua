-- The requests of bench/throughput. Arguments: the traffic, a tag that makes names unique, the
-- first user's id, how many users follow it, and for how many milliseconds a connection pauses
-- before each request (0: not at all).
local json = { ["Content-Type"] = "application/json" }
local made = 0
local tag, first, users

local function user_id()
  return first + made % users
end

local function get_user()
  return wrk.format("GET", "/users/" .. user_id())
end

local function post_user()
  local name = tag .. made
  local body = string.format('{"username":"%s","email":"%s@example.com"}', name, name)
  return wrk.format("POST", "/users", json, body)
end

local function post_order()
  local body = string.format('{"user_id":%d,"product":"Laptop","quantity":2}', user_id())
  return wrk.format("POST", "/orders", json, body)
end

-- Of ten requests seven read a user, two order, one creates a user.
local function mixed()
  local turn = made % 10
  if turn == 3 or turn == 7 then
    return post_order()
  elseif turn == 9 then
    return post_user()
  end
  return get_user()
end

local function get_program()
  return wrk.format("GET", "/program/" .. user_id())
end

local traffics = {
  PING = get_user,
  GET_USER = get_user,
  POST_USER = post_user,
  POST_ORDER = post_order,
  MIXED = mixed,
  PROGRAM = get_program,
}

function setup(thread)
  only = thread
end

function init(arguments)
  local traffic = traffics[arguments[1]]
  tag, first, users = arguments[2], tonumber(arguments[3]), tonumber(arguments[4])
  local pause = tonumber(arguments[5])
  request = function()
    made = made + 1
    return traffic()
  end
  refused, unexplained = 0, 0
  if pause > 0 then
    delay = function()
      return pause
    end
    response = function(status, headers)
      if status == 503 then
        refused = refused + 1
        if not headers["Retry-After"] then
          unexplained = unexplained + 1
        end
      end
    end
  end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d %d %d %d %d %d %d\n",
    summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9), latency.max,
    errors.status, errors.connect + errors.read + errors.write, errors.timeout,
    only:get("refused"), only:get("unexplained")))
end
